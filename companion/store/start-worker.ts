import { Worker } from 'node:worker_threads';
import type { StoreTask } from './worker.ts';

// Run from source the worker is a neighbour; built, it is a bundle of its own.
const entry = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './store-worker.js', import.meta.url);

/** A thread for what would hold up the one that serves. */
export function startWorker(task: StoreTask): Worker {
  return new Worker(entry, { workerData: task });
}
