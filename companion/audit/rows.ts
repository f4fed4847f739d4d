import type { AuditRow } from '../protocol/index.ts';
import type { Reader, Writer } from '../store/index.ts';
import { NO_ROWS, sorted } from './canonical.ts';

/** A row as it is stored. `data` is null where what stands there is no JSON object any more. */
export interface StoredRow extends Omit<AuditRow, 'data'> {
  readonly data: AuditRow['data'] | null;
  readonly seal: string;
}
interface Row extends Omit<AuditRow, 'data' | 'real'> {
  data: string;
  real: number;
  seal: string;
}

export function lastRow(reader: Reader): { seq: number; hash: string } {
  const sql = 'SELECT seq, hash FROM audit_rows ORDER BY seq DESC LIMIT 1';
  return reader.get<{ seq: number; hash: string }>(sql) ?? { seq: 0, hash: NO_ROWS };
}

/** The hash of one row as it stands; undefined where there is none. */
export function hashAt(reader: Reader, seq: number): string | undefined {
  return reader.get<{ hash: string }>('SELECT hash FROM audit_rows WHERE seq = ?', seq)?.hash;
}

/** Rows after `after`, in order. */
export function readRows(reader: Reader, after: number, limit: number): StoredRow[] {
  const sql = 'SELECT * FROM audit_rows WHERE seq > ? ORDER BY seq LIMIT ?';
  return reader.all<Row>(sql, after, limit).map(({ data, real, ...row }) => ({
    ...row,
    // Anything but 0 and 1 is not what was written.
    real: real === 1,
    data: real === 0 || real === 1 ? parsed(data) : null,
  }));
}

export function writeRow(writer: Writer, row: AuditRow, seal: string): void {
  writer.run(
    `INSERT INTO audit_rows (seq, at, run, actor, act, tool, real, result, data, hash, seal)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.seq,
    row.at,
    row.run,
    row.actor,
    row.act,
    row.tool,
    row.real ? 1 : 0,
    row.result,
    JSON.stringify(sorted(row.data)),
    row.hash,
    seal,
  );
}

function parsed(text: string): AuditRow['data'] | null {
  try {
    const data: unknown = JSON.parse(text);
    return isPlainData(data) && JSON.stringify(sorted(data)) === text ? data : null;
  } catch {
    return null;
  }
}

function isPlainData(data: unknown): data is AuditRow['data'] {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return false;
  return Object.values(data).every((value) => value === null || typeof value !== 'object');
}
