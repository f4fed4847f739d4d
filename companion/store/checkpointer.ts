import type { Worker } from 'node:worker_threads';
import type { Clock, Disposable } from '../kernel/index.ts';
import type { SqliteFile } from './sqlite.ts';
import { startWorker } from './start-worker.ts';

/** From so many pages on, the journal is taken into the file (SQLite's own number). */
const DUE_PAGES = 1_000;
/** From here on SQLite does it with the next commit, whoever waits: writing was faster than the other thread. */
const LAST_RESORT_PAGES = 16_000;
const IDLE_MS = 30_000;
/** Longer than any checkpoint takes. */
const SETTLE_MS = 10_000;

/**
 * Takes the journal of a database into its file on another thread: it is hundreds of writes all over the file and a
 * sync, up to a second where the disk is busy. The thread holds the file open only while it works.
 */
export class Checkpointer {
  readonly #db: SqliteFile;
  readonly #clock: Clock;
  /** 1 while the other thread works. */
  readonly #working = new Int32Array(new SharedArrayBuffer(4));
  #worker: Worker | null = null;
  #idle: Disposable | null = null;

  constructor(db: SqliteFile, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
    db.pragma(`wal_autocheckpoint = ${LAST_RESORT_PAGES}`);
  }

  /** To be called after each commit. */
  committed(): void {
    if (this.#works || this.#db.journalPages < DUE_PAGES) return;
    this.#worker ??= this.#start();
    Atomics.store(this.#working, 0, 1);
    this.#worker.postMessage('checkpoint');
    this.#idle?.dispose();
    this.#idle = this.#clock.after(IDLE_MS, () => {
      if (!this.#works) this.#end();
    });
  }

  /** On return the other thread does not touch the file, until the next commit. Holds this one up meanwhile. */
  settle(): void {
    Atomics.wait(this.#working, 0, 1, SETTLE_MS);
  }

  dispose(): void {
    this.settle();
    this.#end();
  }

  get #works(): boolean {
    return Atomics.load(this.#working, 0) === 1;
  }

  #start(): Worker {
    const worker = startWorker({ kind: 'checkpoint', file: this.#db.file, working: this.#working });
    worker.unref();
    // Without memory for another thread SQLite does it itself.
    worker.once('error', () => this.#end());
    return worker;
  }

  #end(): void {
    this.#idle?.dispose();
    this.#idle = null;
    void this.#worker?.terminate();
    this.#worker = null;
    Atomics.store(this.#working, 0, 0);
  }
}
