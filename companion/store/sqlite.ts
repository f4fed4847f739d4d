import Database from 'better-sqlite3';
import { ProgenyError } from '../protocol/index.ts';
import { suspect } from './suspicion.ts';

/** A value that SQLite stores as it is. */
export type SqlValue = string | number | bigint | null | Uint8Array;
type Row = Record<string, unknown>;

/** Reads of one consistent state. Rows come as plain objects; the caller states their shape. */
export interface Reader {
  get<T = Row>(sql: string, ...params: SqlValue[]): T | undefined;
  all<T = Row>(sql: string, ...params: SqlValue[]): T[];
}

export interface Writer extends Reader {
  /** Runs one statement; tells how many rows it changed and the last row id. */
  run(sql: string, ...params: SqlValue[]): { changes: number; lastId: number };
}

/**
 * How surely a commit is on disk when it returns: FULL survives a power cut, NORMAL a crash of the process; OFF neither,
 * for a file that is made anew where it is not whole.
 */
export type Durability = 'FULL' | 'NORMAL' | 'OFF';

/** One SQLite file in WAL mode, with its prepared statements. The only place that touches the driver. */
export class SqliteFile implements Writer {
  readonly file: string;
  readonly #db: Database.Database;
  readonly #statements = new Map<string, Database.Statement<unknown[]>>();
  readonly #watched: boolean;
  #durability: Durability = 'FULL';

  /** `watched`: damage that is met in it is noted beside it (`suspicion.ts`). */
  constructor(
    file: string,
    options: { readonly?: boolean; journal?: 'WAL' | 'DELETE'; watched?: boolean } = {},
  ) {
    this.file = file;
    this.#watched = options.watched ?? false;
    this.#db = new Database(file, { readonly: options.readonly ?? false });
    this.#db.pragma('busy_timeout = 5000');
    if (options.readonly || options.journal === 'DELETE') return;
    try {
      this.#db.pragma('journal_mode = WAL');
      this.#db.pragma('synchronous = FULL');
      this.#db.pragma('foreign_keys = ON');
      this.#db.pragma('secure_delete = ON');
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  /** Opens a file and holds it against every other process until it is closed. Throws where it is held. */
  static exclusive(file: string): SqliteFile {
    const held = new SqliteFile(file, { journal: 'DELETE' });
    try {
      held.#db.pragma('busy_timeout = 0');
      held.run('BEGIN EXCLUSIVE');
      return held;
    } catch (error) {
      held.close();
      throw error;
    }
  }

  get<T = Row>(sql: string, ...params: SqlValue[]): T | undefined {
    return this.#watch(() => this.#prepare(sql).get(...params)) as T | undefined;
  }

  all<T = Row>(sql: string, ...params: SqlValue[]): T[] {
    return this.#watch(() => this.#prepare(sql).all(...params)) as T[];
  }

  run(sql: string, ...params: SqlValue[]): { changes: number; lastId: number } {
    const { changes, lastInsertRowid } = this.#watch(() => this.#prepare(sql).run(...params));
    return { changes, lastId: Number(lastInsertRowid) };
  }

  /** Several statements without parameters; for migrations. */
  script(sql: string): void {
    this.#db.exec(sql);
  }

  pragma(text: string): unknown {
    return this.#db.pragma(text, { simple: true });
  }

  /** Pages of the journal that are not in the file yet. */
  get journalPages(): number {
    const row = this.get<{ log: number; checkpointed: number }>('PRAGMA wal_checkpoint(NOOP)');
    return row ? Math.max(0, row.log - row.checkpointed) : 0;
  }

  /** Everything in `work` or nothing. On return it is committed with at least the given durability. */
  transaction<T>(durability: Durability, work: () => T): T {
    if (durability !== this.#durability) {
      this.#db.pragma(`synchronous = ${durability}`);
      this.#durability = durability;
    }
    this.run('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.run('COMMIT');
      return result;
    } catch (error) {
      // A full disk may have rolled back already.
      if (this.#db.inTransaction) this.run('ROLLBACK');
      throw error;
    }
  }

  /** Inside a transaction: when `work` throws, its own changes are undone and the transaction goes on. */
  savepoint<T>(work: () => T): T {
    this.run('SAVEPOINT work');
    try {
      return work();
    } catch (error) {
      // A full disk may have rolled back everything.
      if (this.#db.inTransaction) this.run('ROLLBACK TO work');
      throw error;
    } finally {
      if (this.#db.inTransaction) this.run('RELEASE work');
    }
  }

  /** A consistent copy of now, in one go: whatever others write meanwhile, it does not begin again. */
  async copyTo(file: string): Promise<void> {
    await this.#db.backup(file, { progress: () => 0x7fffffff });
  }

  close(): void {
    this.#statements.clear();
    this.#db.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #watch<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (this.#watched && isCorruption(error)) suspect(this.file);
      throw error;
    }
  }

  #prepare(sql: string): Database.Statement<unknown[]> {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

function sqliteCode(error: unknown): string {
  return error instanceof Database.SqliteError ? error.code : '';
}

/** The file is damaged or is no database at all. */
export function isCorruption(error: unknown): boolean {
  const code = sqliteCode(error);
  return code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB';
}

/** Another process holds the file. */
export function isBusy(error: unknown): boolean {
  return sqliteCode(error).startsWith('SQLITE_BUSY');
}

/** The disk is full, read-only or failing. */
export function isDiskTrouble(error: unknown): boolean {
  const code = sqliteCode(error);
  return ['SQLITE_FULL', 'SQLITE_READONLY', 'SQLITE_IOERR', 'SQLITE_CANTOPEN'].some((c) =>
    code.startsWith(c),
  );
}

/** What a caller is told when a write found the disk in trouble. */
export function readOnlyError(cause: unknown): ProgenyError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ProgenyError(
    'read_only',
    `Nothing was stored: the data directory cannot be written (${reason}). Free some disk space or make it writable; writing goes on by itself then.`,
  );
}
