import type { MemoryKind } from '../protocol/index.ts';
import type { SqlValue } from '../store/index.ts';

/** Which records are looked at at all; null confines nothing. */
export interface Scope {
  /** Id of a workspace. */
  readonly workspace: string | null;
  readonly kinds: readonly MemoryKind[] | null;
  /** Of `happenedAt`, both inclusive. */
  readonly since: number | null;
  readonly until: number | null;
}

/** The conditions of a scope, each beginning with AND, for a query on `memories`. Pure. */
export function confine({ workspace, kinds, since, until }: Scope): { sql: string; params: SqlValue[] } {
  const conditions: string[] = [];
  const params: SqlValue[] = [];
  const where = (condition: string, value: SqlValue | null) => {
    if (value === null) return;
    conditions.push(`AND ${condition}`);
    params.push(value);
  };
  where('memories.workspace = ?', workspace);
  where('memories.kind IN (SELECT value FROM json_each(?))', kinds && JSON.stringify(kinds));
  where('memories.happened_at >= ?', since);
  where('memories.happened_at <= ?', until);
  return { sql: conditions.join(' '), params };
}
