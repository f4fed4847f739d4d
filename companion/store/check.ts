import { Worker } from 'node:worker_threads';
import type { CheckResult, CheckTask } from './worker.ts';

// Run from source the worker is a neighbour; built, it is a bundle of its own.
const entry = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './store-worker.js', import.meta.url);

/** Whether a database file is sound, found out on another thread: null, or what is wrong with it. */
export function findDamage(file: string): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(entry, { workerData: { file } satisfies CheckTask });
    worker.once('message', (result: CheckResult) => resolve(result === 'ok' ? null : result));
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The check of the store ended without a result.')));
  });
}
