import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

/** What is started in the end: the program itself, or what contains it. */
export interface Launch {
  readonly file: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Whether it reports on its third stream that the program began and ended, as bubblewrap does. */
  readonly reports: boolean;
}

/** The only place that starts a program of a run: an argument vector, no shell, a session of its own. */
export function startProgram(launch: Launch): ChildProcess {
  return spawn(launch.file, [...launch.args], {
    cwd: launch.folder,
    env: launch.environment,
    stdio: ['ignore', 'pipe', 'pipe', ...(launch.reports ? (['pipe'] as const) : [])],
    detached: process.platform !== 'win32',
    shell: false,
    windowsHide: true,
  });
}

/** What bubblewrap reports of a program. */
export interface Reports {
  /** Whether the program inside was started and came to its end. */
  ended(): boolean;
  /** The process that holds the others inside; none before it was told. */
  holder(): number | null;
}

export function readReports(child: ChildProcess): Reports {
  let text = '';
  const stream = child.stdio[3] as Readable | null | undefined;
  stream?.on('data', (chunk: Buffer) => {
    if (text.length < 10_000) text += chunk.toString('utf8');
  });
  stream?.on('error', () => {});
  return {
    ended: () => text.includes('"exit-code"'),
    holder: () => {
      const match = /"child-pid":\s*(\d+)/.exec(text);
      return match ? Number(match[1]) : null;
    },
  };
}
