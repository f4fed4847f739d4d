import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { ProgramResult } from '../agency/index.ts';
import type { Clock, Disposable } from '../kernel/index.ts';
import { type Ender, endFamily } from './end-family.ts';
import type { Family } from './family.ts';
import type { ProgramLimits } from './program-limits.ts';
import type { Reports } from './start-program.ts';
import { Tail } from './tail.ts';

export interface RunningOptions {
  readonly child: ChildProcess;
  readonly streams: readonly Readable[];
  /** All that it starts; null where the system cannot tell: then only `endTree` ends them. */
  readonly family: Family | null;
  readonly limits: ProgramLimits;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly send: Ender['signal'];
  /** Ends a process with its children by the system's own means (Windows). */
  endTree(pid: number): Promise<void>;
  /** What contains it reports of it; null: nothing contains it. */
  readonly reports: Reports | null;
}

/** The last so many bytes of output are kept. */
const KEPT_BYTES = 64 * 1024;
/** How often processes are counted. */
const WATCH_MS = 100;
/** Streams that somebody holds open although all of the program is gone are not waited for longer. */
const CLOSE_MS = 500;

/** Watches a program until all of it is gone: the first limit that it passes ends it. */
export async function watchProgram(options: RunningOptions): Promise<ProgramResult> {
  const { child, streams, limits, clock, signal, family } = options;
  const begun = clock.now();
  const tail = new Tail(KEPT_BYTES);
  const over = Promise.withResolvers<ProgramResult['ended']>();
  const closed = Promise.all(
    streams.map((stream) => new Promise<void>((resolve) => stream.once('close', () => resolve()))),
  );
  let code: number | null = null;

  const timers: Disposable[] = [clock.after(limits.ms, () => over.resolve('timeout'))];
  const onAbort = (): void => over.resolve('stopped');
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  for (const stream of streams) {
    stream.on('data', (chunk: Buffer) => {
      tail.push(chunk);
      if (tail.bytes > limits.outputBytes) over.resolve('output');
    });
    stream.on('error', () => {});
  }
  child.once('error', (error) => {
    tail.push(Buffer.from(`The program could not be started: ${error.message}.`));
    over.resolve('not_started');
  });
  child.once('exit', (status) => {
    code = status;
    over.resolve('exit');
  });
  if (family) timers.push(watchCount(family, limits.processes, clock, () => over.resolve('processes')));

  try {
    let ended = await over.promise;
    const killed = await endAll(options, ended);
    await Promise.race([closed, pause(clock, CLOSE_MS)]);
    for (const stream of streams) stream.destroy();
    if (ended === 'exit' && options.reports?.ended() === false) ended = 'not_started';
    const whole = ended === 'exit';
    return { code: whole ? code : null, ended, output: tail.text(), ms: clock.now() - begun, killed };
  } finally {
    for (const timer of timers) timer.dispose();
    signal.removeEventListener('abort', onAbort);
  }
}

/** Ends what is left, and tells how many there were besides the program itself and what contains it. */
async function endAll(options: RunningOptions, ended: ProgramResult['ended']): Promise<number> {
  const { child, family, clock, send, endTree, reports } = options;
  if (child.pid === undefined) return 0;
  if (!family) {
    if (ended !== 'exit') await endTree(child.pid);
    return 0;
  }
  const own = [child.pid, reports?.holder()];
  const others = (await endFamily(family, { clock, signal: send })).filter((pid) => !own.includes(pid));
  // Inside of a box the program is one of the others.
  return ended !== 'exit' && reports ? Math.max(0, others.length - 1) : others.length;
}

/** Counts again only when it has counted: a slow look never piles up. */
function watchCount(family: Family, most: number, clock: Clock, tooMany: () => void): Disposable {
  let busy = false;
  return clock.every(WATCH_MS, () => {
    if (busy) return;
    busy = true;
    void family
      .living()
      .then((living) => {
        if (living.length > most) tooMany();
      })
      .finally(() => {
        busy = false;
      });
  });
}

function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => clock.after(ms, resolve));
}
