import { readFileSync } from 'node:fs';
import { type ProcessTable, parseLimit } from './process-table.ts';

/** What a program may use. The first two are settings (`wheel.commandMinutes`, `wheel.maxProcesses`). */
export interface ProgramLimits {
  /** Milliseconds from start to end. */
  readonly ms: number;
  /** Processes alive at once, the program itself included. */
  readonly processes: number;
  /** Bytes written to both streams together. */
  readonly outputBytes: number;
}
export const PROGRAM_LIMITS: ProgramLimits = {
  ms: 15 * 60_000,
  processes: 512,
  outputBytes: 64 * 1024 * 1024,
};

/** Limits of the kernel for a program and all that it starts: set once, inherited for good. */
export interface KernelLimits {
  /** What stands before the program. Empty where nothing can be set. */
  readonly before: readonly string[];
  /** A hard limit that only this program's processes have: they are known by it. */
  readonly mark: number | null;
}

/** A process of today has this many threads at most, by and large: the kernel counts threads. */
const THREADS_EACH = 24;
const MARKS = { from: 300_000, to: 800_000 } as const;

/**
 * `prlimit` lets the kernel stop a flood of processes (it counts all of the user's, and spares root), forbids core
 * dumps, and leaves the mark: a hard limit cannot be raised again, whatever a process does to its parent, its session
 * and its environment.
 */
export async function kernelLimits(options: {
  readonly prlimit: string | null;
  readonly table: ProcessTable;
  readonly processes: number;
  /** 0 to 1. */
  readonly chance: number;
}): Promise<KernelLimits> {
  if (options.prlimit === null) return { before: [], mark: null };
  const own = limitsOfThis();
  const mark = MARKS.from + Math.floor(options.chance * (MARKS.to - MARKS.from));
  const marked = own.mark === null || mark < own.mark;
  const running = (await options.table.rows()).reduce((sum, { threads }) => sum + threads, 0);
  const threads = Math.min(running + options.processes * THREADS_EACH, own.threads);
  return {
    before: [
      options.prlimit,
      '--core=0:0',
      ...(Number.isFinite(threads) ? [`--nproc=${threads}:${threads}`] : []),
      ...(marked ? [`--msgqueue=${mark}:${mark}`] : []),
      '--',
    ],
    mark: marked ? mark : null,
  };
}

function limitsOfThis(): { mark: number | null; threads: number } {
  try {
    const text = readFileSync('/proc/self/limits', 'latin1');
    const threads = /^Max processes\s+\S+\s+(\d+)/m.exec(text);
    return { mark: parseLimit(text), threads: threads ? Number(threads[1]) : Number.POSITIVE_INFINITY };
  } catch {
    return { mark: null, threads: Number.POSITIVE_INFINITY };
  }
}
