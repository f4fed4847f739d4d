import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Api, CompanionClient } from '../client/index.ts';
import { ensureCompanion, findCompanion, openSocket } from '../client/node.ts';
import { dataDirectory } from '../kernel/node.ts';
import type { Job, WorkspaceState } from '../protocol/index.ts';
import { VERSION } from '../version.ts';

const IDLE_EXIT_SECONDS = '600';
const CONNECT_MS = 15_000;
const POLL_MS = 120;

/** A command's connection to the companion. */
export interface Session {
  api: Api;
  client: CompanionClient;
  close(): void;
}

/** Connects to the running companion; starts one where none runs, unless told not to. Null when there is none. */
export async function connect(options: { start: boolean; data?: string }): Promise<Session | null> {
  const data = options.data ?? dataDirectory();
  const here = path.dirname(fileURLToPath(import.meta.url));
  const script = import.meta.url.endsWith('.ts')
    ? path.join(here, '..', 'main.ts')
    : path.join(here, 'companion.js');
  if (!options.start && !(await findCompanion(data))) return null;
  const client = new CompanionClient({
    kind: 'cli',
    version: VERSION,
    open: async () =>
      openSocket(
        await ensureCompanion(data, {
          execPath: process.execPath,
          script,
          args: ['serve', '--idle-exit', IDLE_EXIT_SECONDS],
        }),
      ),
  });
  try {
    return { api: await client.connected(CONNECT_MS), client, close: () => client.dispose() };
  } catch (error) {
    client.dispose();
    throw error;
  }
}

/** The folder that a command is about: as given, or the repository that holds the current folder, or that folder. */
export function workspaceFolder(given: string | undefined, cwd = process.cwd()): string {
  if (given !== undefined) return path.resolve(cwd, given);
  for (let folder = cwd; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, '.git'))) return folder;
    if (folder === path.dirname(folder)) return cwd;
  }
}

/** Opens a folder and waits until it has been read; tells the progress on the way. */
export async function openAndRead(
  api: Api,
  folder: string,
  progress: (line: string) => void,
): Promise<WorkspaceState> {
  const state = await api.workspaces.open({ path: folder });
  const { id } = await api.workspaces.scan({ path: state.path });
  await followJob(api, id, progress);
  return (await api.workspaces.list({})).find((workspace) => workspace.path === state.path) ?? state;
}

/** Waits for the end of a job and tells its progress on the way. Null for one that is known no more. */
export async function followJob(api: Api, id: string, progress: (line: string) => void): Promise<Job | null> {
  for (;;) {
    const job = (await api.jobs.list({ limit: 50 })).find((candidate: Job) => candidate.id === id) ?? null;
    if (!job || job.status === 'done' || job.status === 'failed' || job.status === 'cancelled') {
      progress('');
      return job;
    }
    const percent = job.progress === null ? '' : ` ${Math.round(job.progress * 100)} %`;
    progress(`${job.message}${percent}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
