import { parentPort, workerData } from 'node:worker_threads';
import { SqliteFile } from './sqlite.ts';

/** `check`: is this database file sound? `checkpoint`: at each message, take its journal into it. */
export type StoreTask =
  | { readonly kind: 'check'; readonly file: string }
  | { readonly kind: 'checkpoint'; readonly file: string; readonly working: Int32Array<SharedArrayBuffer> };

/** `ok`, or what SQLite found. */
export type CheckResult = string;

function check(file: string): CheckResult {
  try {
    using db = new SqliteFile(file, { readonly: true });
    return String(db.pragma('quick_check(5)'));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What cannot be done now is done with the next that is asked for: nothing is lost as long as the journal is there. */
function checkpoint(file: string): void {
  try {
    using db = new SqliteFile(file);
    db.pragma('wal_checkpoint(PASSIVE)');
  } catch {}
}

const task = workerData as StoreTask;
if (task.kind === 'check') parentPort?.postMessage(check(task.file));
else {
  parentPort?.on('message', () => {
    checkpoint(task.file);
    Atomics.store(task.working, 0, 0);
    Atomics.notify(task.working, 0);
  });
}
