import type { Reader, Writer } from '../store/index.ts';

/** Where a mind's audit log ended when it was last looked at, as the hub has it. */
export interface Head {
  /** What rows are sealed with. */
  readonly key: string;
  readonly rows: number;
  readonly hash: string;
}

/** Something else took the place of the log, or of what guards it. */
export interface Turn {
  readonly n: number;
  readonly at: number;
  /** `restored`: a backup, by us. `broken`: something else. `sealed`: the hub was begun anew, with another key. */
  readonly kind: 'restored' | 'broken' | 'sealed';
  readonly backup: string | null;
  readonly rows_before: number;
  readonly hash_before: string;
  /** Null while it is not known yet what became of it. */
  readonly rows_after: number | null;
}

export function readHead(reader: Reader, actor: string): Head | undefined {
  return reader.get<Head>('SELECT key, rows, hash FROM audit_heads WHERE actor = ?', actor);
}

export function writeHead(writer: Writer, actor: string, head: Head, at: number): void {
  const sql = 'INSERT OR REPLACE INTO audit_heads (actor, key, rows, hash, at) VALUES (?, ?, ?, ?, ?)';
  writer.run(sql, actor, head.key, head.rows, head.hash, at);
}

export function readTurns(reader: Reader, actor: string): Turn[] {
  return reader.all<Turn>('SELECT * FROM audit_turns WHERE actor = ? ORDER BY n', actor);
}

/** When the newest turn was, ms; 0 where there was none. */
export function lastTurnAt(reader: Reader, actor: string): number {
  const sql = 'SELECT at FROM audit_turns WHERE actor = ? ORDER BY n DESC LIMIT 1';
  return reader.get<{ at: number }>(sql, actor)?.at ?? 0;
}

export function addTurn(
  writer: Writer,
  actor: string,
  at: number,
  kind: Turn['kind'],
  before: Pick<Head, 'rows' | 'hash'>,
  after: Pick<Head, 'rows' | 'hash'>,
): void {
  writer.run(
    `INSERT INTO audit_turns (actor, at, kind, rows_before, hash_before, rows_after, hash_after)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    actor,
    at,
    kind,
    before.rows,
    before.hash,
    after.rows,
    after.hash,
  );
}

/** A restore whose outcome is known now. The first of several had the log as it was known. */
export function settleRestores(writer: Writer, actor: string, after: Pick<Head, 'rows' | 'hash'>): void {
  const sql = 'UPDATE audit_turns SET rows_after = ?, hash_after = ? WHERE actor = ? AND rows_after IS NULL';
  writer.run(sql, after.rows, after.hash, actor);
}

/** What turns say of the log, in words; `broken` where rows were lost that no restore explains. Pure. */
export function turnWords({ kind, at, backup, rows_before: before, rows_after: after, hash_before }: Turn): {
  seq: number;
  what: string;
  broken: boolean;
} | null {
  const when = `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const first = (after ?? 0) + 1;
  const lost = first === before ? `row ${before}` : `rows ${first} to ${before}`;
  const known = `the last was known by the hash ${hash_before.slice(0, 16)}…`;
  if (kind === 'sealed')
    return {
      seq: before,
      broken: true,
      what: `On ${when} hub.db knew nothing of this log: of the rows up to ${before} only the chain can be checked, and not whether it was cut or written anew.`,
    };
  if (kind === 'restored') {
    if (after !== null && after >= before) return null;
    const from =
      backup === null
        ? 'the log was begun anew, because no backup was sound'
        : `the backup ${backup} was restored`;
    return {
      seq: first,
      broken: false,
      what: `On ${when} ${from}: ${lost} went with the file that was set aside (${known}).`,
    };
  }
  const what =
    after !== null && after < before
      ? `On ${when} ${lost} were gone, and no restore explains it: the log was cut, or its file was replaced by an older one (${known}).`
      : `On ${when} the log was not as it was known up to row ${before}: rows were changed, replaced or put in, and no restore explains it (${known}).`;
  return { seq: after !== null && after < before ? first : before, what, broken: true };
}
