import { createHash, createHmac } from 'node:crypto';
import type { AuditRow } from '../protocol/index.ts';

/** What stands before the first row. */
export const NO_ROWS = '0'.repeat(64);

/** All that a row tells, without what proves it. */
export type AuditFacts = Omit<AuditRow, 'hash'>;

/**
 * The hash of a row: SHA-256, in lower-case hexadecimal, over one JSON array of fixed order, in which the hash of the
 * row before it stands, and the data sorted by name. Whoever has an export can compute it again. Pure.
 */
export function hashOf(facts: AuditFacts, before: string): string {
  const { seq, at, run, actor, act, tool, real, result, data } = facts;
  const told = [seq, at, run, actor, act, tool, real, result, Object.entries(sorted(data))];
  const text = JSON.stringify(['progeny-audit-1', before, ...told]);
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** That this companion wrote the row: under a key that the file with the rows does not hold. Pure. */
export function sealOf(key: string, hash: string): string {
  return createHmac('sha256', key).update(hash).digest('hex');
}

/** The same data in the one order in which they are stored and hashed. Pure. */
export function sorted(data: AuditRow['data']): AuditRow['data'] {
  return Object.fromEntries(Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1)));
}
