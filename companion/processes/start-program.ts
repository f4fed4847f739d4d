import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { outputPipe } from './output-pipe.ts';

/** What is started in the end: the program itself, or what contains it. */
export interface Launch {
  readonly file: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Whether it reports on its third stream that the program began and ended, as bubblewrap does. */
  readonly reports: boolean;
}

export interface Started {
  readonly child: ChildProcess;
  /** What it writes. */
  readonly streams: readonly Readable[];
}

/** The only place that starts a program of a run: an argument vector, no shell, a session of its own. */
export async function startProgram(launch: Launch): Promise<Started> {
  const pipe = await outputPipe();
  const output = pipe?.descriptor ?? 'pipe';
  let child: ChildProcess;
  try {
    child = spawn(launch.file, [...launch.args], {
      cwd: launch.folder,
      env: launch.environment,
      stdio: ['ignore', output, output, ...(launch.reports ? (['pipe'] as const) : [])],
      detached: process.platform !== 'win32',
      shell: false,
      windowsHide: true,
    });
  } catch (error) {
    pipe?.stream.destroy();
    throw error;
  } finally {
    pipe?.handOver();
  }
  const own = [child.stdout, child.stderr].filter((stream) => stream !== null);
  return { child, streams: pipe ? [pipe.stream] : own };
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
