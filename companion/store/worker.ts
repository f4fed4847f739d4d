import { parentPort, workerData } from 'node:worker_threads';
import { SqliteFile } from './sqlite.ts';

/** `check`: is this file sound? `copy`: a consistent copy of it, checked as well. `checkpoint`: at each message, take its journal into it. */
export type StoreTask =
  | { readonly kind: 'check'; readonly file: string }
  | { readonly kind: 'copy'; readonly file: string; readonly target: string }
  | { readonly kind: 'checkpoint'; readonly file: string; readonly working: Int32Array<SharedArrayBuffer> };

/** What a check or a copy came to: null, or what was wrong. */
export type Told = string | null;

function check(file: string): Told {
  using db = new SqliteFile(file, { readonly: true });
  const found = String(db.pragma('quick_check(5)'));
  if (found === 'ok') return null;
  // A heading stands above what was found where it is about the whole file.
  return found.split('\n').find((line) => !line.startsWith('***')) ?? found;
}

async function copy(file: string, target: string): Promise<Told> {
  {
    using db = new SqliteFile(file, { readonly: true });
    await db.copyTo(target);
  }
  const damage = check(target);
  return damage && `the copy is not sound: ${damage}`;
}

/** What cannot be done now is done with the next that is asked for: nothing is lost as long as the journal is there. */
function checkpoint(file: string): void {
  try {
    using db = new SqliteFile(file);
    db.pragma('wal_checkpoint(PASSIVE)');
  } catch {}
}

async function tell(work: () => Told | Promise<Told>): Promise<void> {
  try {
    parentPort?.postMessage(await work());
  } catch (error) {
    parentPort?.postMessage(error instanceof Error ? error.message : String(error));
  }
}

const task = workerData as StoreTask;
if (task.kind === 'check') void tell(() => check(task.file));
else if (task.kind === 'copy') void tell(() => copy(task.file, task.target));
else {
  parentPort?.on('message', () => {
    checkpoint(task.file);
    Atomics.store(task.working, 0, 0);
    Atomics.notify(task.working, 0);
  });
}
