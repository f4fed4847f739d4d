import { createHmac, randomBytes } from 'node:crypto';
import { type Clock, Listeners } from '../kernel/index.ts';
import type { Event } from '../protocol/index.ts';
import { type Buried, bury, type Tombstone, tombstonesOf } from './burial.ts';
import { Checkpointer } from './checkpointer.ts';
import type { DiskGuard } from './disk-guard.ts';
import { appendEvent, eventsOf, eventsSince, followEvents, lastSeq, type NewEvent } from './event-log.ts';
import { GroupCommit } from './group-commit.ts';
import { migrate } from './migrate.ts';
import { mindMigrations } from './migrations/index.ts';
import {
  type Durability,
  isDiskTrouble,
  type Reader,
  SqliteFile,
  type SqlValue,
  type Writer,
} from './sqlite.ts';

/** A change in the making. What it writes and the events that tell of it commit together or not at all. */
export interface Transaction extends Writer {
  emit(event: NewEvent): void;
}

/**
 * After a restore, sequences go on this far above the restored ones, so that no sequence which a client saw
 * before the restore is ever given to another event.
 */
const RESTORE_GAP = 1_000_000;

/** Everything that is known of one person: one file. */
export class Mind {
  readonly actor: string;
  readonly #clock: Clock;
  readonly #guard: DiskGuard;
  readonly #committed = new Listeners<void>();
  readonly #group: GroupCommit;
  readonly #durability: Durability;
  #db: SqliteFile;
  #checkpointer: Checkpointer;
  #salt: string;
  #generation = 0;
  #removals = 0;

  constructor(actor: string, file: string, clock: Clock, guard: DiskGuard, durability: Durability = 'FULL') {
    this.actor = actor;
    this.#durability = durability;
    this.#clock = clock;
    this.#guard = guard;
    this.#db = openMindFile(file);
    this.#checkpointer = new Checkpointer(this.#db, clock);
    this.#salt = this.#readSalt();
    this.#group = new GroupCommit({
      commit: (work) => this.#commit(durability, work),
      apart: (work) => this.#db.savepoint(work),
      endsAll: isDiskTrouble,
    });
  }

  /** A salted digest of what a user wrote: tells that two contents are the same, and nothing else. */
  digest(content: string): string {
    return saltedDigest(this.#salt, content);
  }

  get file(): string {
    return this.#db.file;
  }

  /** Counts the files that took each other's place: who reads the file elsewhere opens it again when this changes. */
  get generation(): number {
    return this.#generation;
  }

  /** Called after each commit that appended events. */
  get committed(): Listeners<void> {
    return this.#committed;
  }

  read<T>(work: (reader: Reader) => T): T {
    return work(this.#db);
  }

  /**
   * Changes state; on return it is on disk (`synchronous=FULL`). A change that tells no event is a defect.
   * Throws `read_only` when the disk is in trouble.
   */
  transact<T>(work: (tx: Transaction) => T): T {
    const change = new Change(this.#db, this.#clock);
    const result = this.#commit(this.#durability, () => change.make(work));
    if (change.told) this.#committed.tell();
    return result;
  }

  /**
   * As `transact`, synced to disk together with whatever else is asked for in the same turn of the event loop:
   * for what many callers may ask at once. Resolves when it is on disk.
   */
  async transactGrouped<T>(work: (tx: Transaction) => T): Promise<T> {
    const { result, told } = await this.#group.add(() => {
      const change = new Change(this.#db, this.#clock);
      return { result: change.make(work), told: change.told };
    });
    if (told) this.#committed.tell();
    return result;
  }

  /** Writes sensor rows and other records of bounded life: no event, `synchronous=NORMAL`. */
  record<T>(work: (writer: Writer) => T): T {
    const durability = this.#durability === 'OFF' ? 'OFF' : 'NORMAL';
    return this.#commit(durability, () => work(this.#db));
  }

  get seq(): number {
    return lastSeq(this.#db);
  }

  events(since: number, limit: number): Event[] {
    return eventsSince(this.#db, since, limit);
  }

  /** Rows of some types, and up to which row the log was gone through for them. */
  eventsOf(since: number, limit: number, types: readonly string[]): { events: Event[]; through: number } {
    return eventsOf(this.#db, { since, limit, types });
  }

  /** The log from `since` on, live. Ends when `signal` aborts. */
  follow(since: number, signal?: AbortSignal): AsyncGenerator<Event, void> {
    return followEvents(() => this.#db, this.#committed, since, signal);
  }

  /** Applies what was decided in the hub, once, however often it is asked. True when it was applied now. */
  applyIntent(id: string, work: (tx: Transaction) => void): boolean {
    return this.transact((tx) => {
      if (tx.get('SELECT 1 FROM applied_intents WHERE id = ?', id)) return false;
      work(tx);
      tx.run('INSERT INTO applied_intents (id, at) VALUES (?, ?)', id, this.#clock.now());
      tx.emit({ type: 'intent.applied', subject: id });
      return true;
    });
  }

  /**
   * Takes what was forgotten out of this file, with one event for each; and out of its journal, so that no byte of it
   * is left there. What is not there is none.
   */
  bury(tombstones: readonly Tombstone[]): Buried {
    const buried = this.transact((tx) => {
      const gone = bury(tx, tombstones);
      for (const id of gone.memories) tx.emit({ type: 'memory.forgotten', subject: id });
      for (const id of gone.whispers) tx.emit({ type: 'whisper.forgotten', subject: id });
      for (const id of gone.decisions) tx.emit({ type: 'decision.forgotten', subject: id });
      for (const id of gone.hypotheses) tx.emit({ type: 'hypothesis.forgotten', subject: id });
      for (const id of gone.loops) tx.emit({ type: 'loop.forgotten', subject: id });
      for (const id of gone.turns) tx.emit({ type: 'chat.forgotten', subject: id });
      for (const id of gone.unanswered) tx.emit({ type: 'chat.unanswered', subject: id });
      for (const id of gone.renamed)
        tx.emit({ type: 'loop.changed', subject: id, data: { fields: 'title' } });
      tx.emit({ type: 'store.forgot', subject: this.actor, data: { records: tombstones.length } });
      return gone;
    });
    this.emptyLog();
    return buried;
  }

  /** Counts how often something was taken out of this file for good: a copy from before has what was. */
  get removals(): number {
    return this.#removals;
  }

  /** What was deleted stands in the file no more, nor in its write-ahead log. */
  emptyLog(): void {
    this.#removals++;
    this.#checkpointer.settle();
    this.#db.pragma('wal_checkpoint(TRUNCATE)');
  }

  get tombstones(): Tombstone[] {
    return tombstonesOf(this.#db);
  }

  /** A write that changes nothing: throws while the disk is in trouble. */
  probe(): void {
    this.#db.transaction('FULL', () => {
      this.#db.run("INSERT OR REPLACE INTO meta (key, value) VALUES ('probe', ?)", String(this.#clock.now()));
    });
  }

  /**
   * Lets `swap` put another file in the place of this one, and goes on with that. Synchronous, so that
   * nobody meets a closed store. Throws, with the old file in use, when `swap` throws.
   */
  replace(swap: (file: string) => void): void {
    const { file } = this.#db;
    this.#group.flush();
    this.#checkpointer.dispose();
    this.#db.close();
    try {
      swap(file);
    } finally {
      this.#generation++;
      this.#db = openMindFile(file);
      this.#checkpointer = new Checkpointer(this.#db, this.#clock);
      this.#salt = this.#readSalt();
    }
    this.#db.transaction('FULL', () => {
      this.#db.run("UPDATE sqlite_sequence SET seq = seq + ? WHERE name = 'events'", RESTORE_GAP);
      appendEvent(this.#db, this.#clock.now(), { type: 'store.restored', subject: this.actor });
    });
    this.#committed.tell();
  }

  #commit<T>(durability: Durability, work: () => T): T {
    const result = this.#guard.write(() => this.#db.transaction(durability, work));
    this.#checkpointer.committed();
    return result;
  }

  #readSalt(): string {
    const known = this.#db.get<{ value: string }>("SELECT value FROM meta WHERE key = 'salt'");
    if (known) return known.value;
    const salt = randomBytes(16).toString('hex');
    this.#db.transaction('FULL', () =>
      this.#db.run("INSERT INTO meta (key, value) VALUES ('salt', ?)", salt),
    );
    return salt;
  }

  close(): void {
    this.#group.flush();
    this.#committed.clear();
    this.#checkpointer.dispose();
    this.#db.close();
  }
}

/** One change of state, held to its rule: what changes tells of it. */
class Change implements Transaction {
  readonly #db: SqliteFile;
  readonly #clock: Clock;
  #changed = false;
  #told = false;

  constructor(db: SqliteFile, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  get told(): boolean {
    return this.#told;
  }

  make<T>(work: (tx: Transaction) => T): T {
    const result = work(this);
    if (this.#changed && !this.#told) throw new Error('A transaction changed state without an event.');
    return result;
  }

  get<T>(sql: string, ...params: SqlValue[]): T | undefined {
    return this.#db.get(sql, ...params);
  }

  all<T>(sql: string, ...params: SqlValue[]): T[] {
    return this.#db.all(sql, ...params);
  }

  run(sql: string, ...params: SqlValue[]): { changes: number; lastId: number } {
    const result = this.#db.run(sql, ...params);
    if (result.changes > 0) this.#changed = true;
    return result;
  }

  emit(event: NewEvent): void {
    appendEvent(this.#db, this.#clock.now(), event);
    this.#told = true;
  }
}

export function saltedDigest(salt: string, content: string): string {
  return createHmac('sha256', salt).update(content).digest('hex').slice(0, 16);
}

function openMindFile(file: string): SqliteFile {
  const db = new SqliteFile(file, { watched: true });
  try {
    migrate(db, mindMigrations);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
