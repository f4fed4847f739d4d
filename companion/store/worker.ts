import { parentPort, workerData } from 'node:worker_threads';
import { SqliteFile } from './sqlite.ts';

/** What the worker is asked: is this database file sound? */
export interface CheckTask {
  file: string;
}

/** `ok`, or what SQLite found. */
export type CheckResult = string;

function check({ file }: CheckTask): CheckResult {
  try {
    const db = new SqliteFile(file, { readonly: true });
    try {
      return String(db.pragma('quick_check(5)'));
    } finally {
      db.close();
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

parentPort?.postMessage(check(workerData as CheckTask));
