import { startWorker } from './start-worker.ts';
import type { CheckResult } from './worker.ts';

/** Whether a database file is sound, found out on another thread: null, or what is wrong with it. */
export function findDamage(file: string): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const worker = startWorker({ kind: 'check', file });
    worker.once('message', (result: CheckResult) => resolve(result === 'ok' ? null : result));
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The check of the store ended without a result.')));
  });
}
