import { Worker } from 'node:worker_threads';
import type { StoreTask, Told } from './worker.ts';

// Run from source the worker is a neighbour; built, it is a bundle of its own.
const entry = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './store-worker.js', import.meta.url);

/** A thread for what would hold up the one that serves. */
export function startWorker(task: StoreTask): Worker {
  return new Worker(entry, { workerData: task });
}

/** Whether a database file is sound, found out on another thread: null, or what is wrong with it. */
export function findDamage(file: string): Promise<string | null> {
  return ask({ kind: 'check', file });
}

/** A consistent and sound copy of a database while others go on writing, made on another thread. Throws what went wrong. */
export async function copyDatabase(file: string, target: string): Promise<void> {
  const trouble = await ask({ kind: 'copy', file, target });
  if (trouble !== null) throw new Error(`${file} could not be copied: ${trouble}`);
}

function ask(task: StoreTask): Promise<Told> {
  return new Promise((resolve, reject) => {
    const worker = startWorker(task);
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error(`The ${task.kind} of ${task.file} ended without a result.`)));
  });
}
