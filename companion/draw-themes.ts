import { Worker } from 'node:worker_threads';
import type { Redrawn } from './clusters/index.ts';

/** Whose themes are drawn: the file of a mind, and the time that new ones get. */
export interface DrawTask {
  readonly file: string;
  readonly now: number;
}

export interface Drawn {
  /** How many themes there are. */
  readonly themes: number;
  /** Null where nothing came or went since they were drawn last. */
  readonly redrawn: Redrawn | null;
  /** Tells all that they were drawn from; says nothing else. */
  readonly fingerprint: string;
}

/** Where the mind keeps what its themes were drawn from. */
export const FITTED = 'themes:fitted';

// Run from source the worker is a neighbour; built, it is a bundle of its own.
const ENTRY = new URL(
  import.meta.url.endsWith('.ts') ? './themes-worker.ts' : './themes-worker.js',
  import.meta.url,
);

/** Draws themes anew on a thread of its own, as it takes seconds. Rejects with the defect, or the signal's reason. */
export function drawThemes(task: DrawTask, signal: AbortSignal): Promise<Drawn> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const worker = new Worker(ENTRY, { workerData: task });
    const abort = () => void worker.terminate();
    signal.addEventListener('abort', abort, { once: true });
    worker.once('message', (drawn: Drawn) => resolve(drawn));
    worker.once('error', reject);
    worker.once('exit', () => {
      signal.removeEventListener('abort', abort);
      reject(signal.aborted ? signal.reason : new Error('The drawing of themes ended without a result.'));
    });
  });
}
