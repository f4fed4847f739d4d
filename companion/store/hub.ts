import { createHash } from 'node:crypto';
import { type Clock, newId, type Random } from '../kernel/index.ts';
import type { Tombstone } from './burial.ts';
import type { DiskGuard } from './disk-guard.ts';
import { migrate } from './migrate.ts';
import { hubMigrations } from './migrations/index.ts';
import { type Reader, SqliteFile, type Writer } from './sqlite.ts';

/** Something decided in the hub that a mind still has to carry out. */
export interface Intent {
  id: string;
  actor: string;
  kind: string;
  payload: Record<string, unknown>;
}

export interface Workspace {
  id: string;
  path: string;
}

/** What the whole machine shares: actors, folders, jobs, and what is owed to minds. */
export class Hub {
  readonly #db: SqliteFile;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #guard: DiskGuard;

  constructor(file: string, clock: Clock, random: Random, guard: DiskGuard) {
    this.#clock = clock;
    this.#random = random;
    this.#guard = guard;
    this.#db = new SqliteFile(file, { watched: true });
    try {
      migrate(this.#db, hubMigrations);
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  read<T>(work: (reader: Reader) => T): T {
    return work(this.#db);
  }

  transact<T>(work: (writer: Writer) => T): T {
    return this.#guard.write(() => this.#db.transaction('FULL', () => work(this.#db)));
  }

  /** Frequent, repeatable notes such as the progress of a job. */
  record<T>(work: (writer: Writer) => T): T {
    return this.#guard.write(() => this.#db.transaction('NORMAL', () => work(this.#db)));
  }

  ensureActor(id: string, role: string): void {
    if (this.#db.get('SELECT 1 FROM actors WHERE id = ?', id)) return;
    this.transact((tx) => {
      tx.run(
        'INSERT OR IGNORE INTO actors (id, role, created_at) VALUES (?, ?, ?)',
        id,
        role,
        this.#clock.now(),
      );
    });
  }

  /** Everybody who has a mind here. */
  actors(): string[] {
    return this.#db.all<{ id: string }>('SELECT id FROM actors ORDER BY id').map(({ id }) => id);
  }

  workspaceByPath(path: string): Workspace | undefined {
    return this.#db.get<Workspace>('SELECT id, path FROM workspaces WHERE path = ?', path);
  }

  /** The id of a folder is the same for every actor and after forgetting: it comes from the path alone. */
  static workspaceId(path: string): string {
    return `ws_${createHash('sha256').update(path).digest('hex').slice(0, 16)}`;
  }

  /** Writes down, in the transaction of `tx`, that a mind owes `kind`. Carried out by `settleIntents`. */
  intend(tx: Writer, actor: string, kind: string, payload: Record<string, unknown>): Intent {
    const now = this.#clock.now();
    const intent = { id: newId('intent', now, this.#random), actor, kind, payload };
    const sql = 'INSERT INTO intents (id, actor, kind, payload, created_at) VALUES (?, ?, ?, ?, ?)';
    tx.run(sql, intent.id, actor, kind, JSON.stringify(payload), now);
    return intent;
  }

  intents(actor: string): Intent[] {
    const sql = 'SELECT id, actor, kind, payload FROM intents WHERE actor = ? ORDER BY id';
    return this.#db
      .all<Omit<Intent, 'payload'> & { payload: string }>(sql, actor)
      .map((row) => ({ ...row, payload: JSON.parse(row.payload) }));
  }

  /** Forgets an intent that its mind has carried out. */
  settle(id: string): void {
    this.transact((tx) => tx.run('DELETE FROM intents WHERE id = ?', id));
  }

  /** Writes down what an actor's mind is to forget, before it does: whatever file takes its place forgets it too. */
  addTombstones(actor: string, tombstones: readonly Tombstone[]): void {
    const sql = 'INSERT OR IGNORE INTO tombstones (actor, id, origin, at) VALUES (?, ?, ?, ?)';
    this.transact((tx) => {
      for (const { id, origin, at } of tombstones) tx.run(sql, actor, id, origin, at);
    });
  }

  tombstones(actor: string): Tombstone[] {
    return this.#db.all('SELECT id, origin, at FROM tombstones WHERE actor = ?', actor);
  }

  getMeta(key: string): string | undefined {
    return this.#db.get<{ value: string }>('SELECT value FROM meta WHERE key = ?', key)?.value;
  }

  setMeta(key: string, value: string): void {
    this.transact((tx) => tx.run('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)', key, value));
  }

  get file(): string {
    return this.#db.file;
  }

  close(): void {
    this.#db.close();
  }
}
