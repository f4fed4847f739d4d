import * as vscode from 'vscode';
import type { Api } from '../../companion/client/index.ts';
import type { Job } from '../../companion/protocol/index.ts';
import type { Folder } from '../workspace/folders.ts';
import type { ConnectedContext } from './context.ts';

const POLL_MS = 200;
/** A reading that is over sooner shows no notification. */
const QUIET_MS = 800;

/** Reads every folder's repository again, with progress and a way to cancel where it takes long. */
export async function refresh(context: ConnectedContext): Promise<void> {
  await Promise.all(context.folders.all.map((folder) => scan(context, folder)));
  context.picture.refresh();
}

async function scan(context: ConnectedContext, folder: Folder): Promise<void> {
  const { api, clock } = context;
  const wait = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));
  let job = await api.workspaces.scan({ path: folder.path });
  const ended = (async () => {
    while (job.status === 'queued' || job.status === 'running') {
      await wait(POLL_MS);
      job = (await current(api, job)) ?? { ...job, status: 'done' };
    }
  })();
  if (await Promise.race([ended.then(() => true), wait(QUIET_MS)])) return report(job);
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `Reading ${folder.name}`, cancellable: true },
    async (progress, token) => {
      token.onCancellationRequested(() => void api.jobs.cancel({ id: job.id }).catch(() => {}));
      const every = clock.every(POLL_MS, () => progress.report({ message: words(job) }));
      await ended.finally(() => every.dispose());
    },
  );
  report(job);
}

async function current(api: Api, { id }: Job): Promise<Job | undefined> {
  return (await api.jobs.list({})).find((job) => job.id === id);
}

function words({ message, progress }: Job): string {
  return progress === null ? message : `${message} ${Math.round(progress * 100)} %`;
}

function report({ status, message }: Job): void {
  if (status === 'failed') throw new Error(`The repository could not be read: ${message}`);
}
