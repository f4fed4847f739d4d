import * as vscode from 'vscode';
import type { Job } from '../../companion/protocol/index.ts';
import { inMessage } from '../text/plain.ts';
import type { ConnectedContext } from './context.ts';

const POLL_MS = 200;
const FORCE = 'Run All the Same';

/** Consolidates memory now, with progress and a way to cancel; says in the end what was done. */
export async function dreamNow(context: ConnectedContext): Promise<void> {
  const { api } = context;
  let answer = await api.dreams.run({});
  if (answer.job === null) {
    const pressed = await vscode.window.showInformationMessage(inMessage(answer.message), FORCE);
    if (pressed !== FORCE) return;
    answer = await api.dreams.run({ force: true });
  }
  if (answer.job === null) return void vscode.window.showInformationMessage(inMessage(answer.message));
  const ended = await follow(context, answer.job);
  if (ended.status === 'failed') throw new Error(`The dream failed: ${ended.message}`);
  const words =
    ended.status === 'cancelled'
      ? 'The dream was cancelled. What was done stays; it goes on where it was.'
      : `Dream: ${ended.message}`;
  void vscode.window.showInformationMessage(inMessage(words));
}

/** Shows the progress of a job until it has ended. */
async function follow({ api, clock }: ConnectedContext, job: Job): Promise<Job> {
  return await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: 'Dream', cancellable: true },
    async (progress, token) => {
      token.onCancellationRequested(() => void api.jobs.cancel({ id: job.id }).catch(() => {}));
      let [now, told] = [job, 0];
      while (now.status === 'queued' || now.status === 'running') {
        const percent = Math.round((now.progress ?? 0) * 100);
        progress.report({ message: now.message, increment: Math.max(0, percent - told) });
        told = Math.max(told, percent);
        await new Promise<void>((resolve) => void clock.after(POLL_MS, resolve));
        const found = (await api.jobs.list({})).find(({ id }) => id === job.id);
        now = found ?? { ...now, status: 'done' };
      }
      return now;
    },
  );
}
