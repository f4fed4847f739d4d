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
  /** Nothing that happened later, and only the facts that held then. */
  readonly asOf: number | null;
  /** The mask whose memory it is; null for everybody's. */
  readonly mask: string | null;
  /**
   * Ids of the workspaces that may be seen; what is private, what belongs to none, and what was said to Progeny itself
   * may not.
   */
  readonly among: readonly string[] | null;
}

/** Confines nothing. */
export const EVERYTHING: Scope = {
  workspace: null,
  kinds: null,
  since: null,
  until: null,
  asOf: null,
  mask: null,
  among: null,
};

/** What a person said to Progeny, what it answered, and summaries with words of either. */
const SAID = `coalesce(memories.origin, '') GLOB 'turn_*' OR coalesce(memories.origin, '') GLOB 'answer_*'
  OR EXISTS (SELECT 1 FROM memory_links JOIN memories AS said ON said.id = memory_links.target
    WHERE memory_links.memory = memories.id AND memory_links.kind = 'quotes'
    AND (said.origin GLOB 'turn_*' OR said.origin GLOB 'answer_*'))`;

/** The conditions of a scope, each beginning with AND, for a query on `memories`. Pure. */
export function confine(scope: Scope): { sql: string; params: SqlValue[] } {
  const { workspace, kinds, since, until, asOf, mask, among } = scope;
  const conditions: string[] = ['AND memories.mask IS ?'];
  const params: SqlValue[] = [mask];
  const where = (condition: string, value: SqlValue | null) => {
    if (value === null) return;
    conditions.push(`AND ${condition}`);
    params.push(value);
  };
  where('memories.workspace = ?', workspace);
  where('memories.kind IN (SELECT value FROM json_each(?))', kinds && JSON.stringify(kinds));
  where('memories.happened_at >= ?', since);
  where('memories.happened_at <= ?', until);
  where('memories.happened_at <= ?', asOf);
  where('(memories.valid_from IS NULL OR memories.valid_from <= ?)', asOf);
  where('(memories.valid_to IS NULL OR memories.valid_to > ?)', asOf);
  where(
    `memories.private = 0 AND NOT (${SAID}) AND memories.workspace IN (SELECT value FROM json_each(?))`,
    among && JSON.stringify(among),
  );
  return { sql: conditions.join(' '), params };
}

/** Whether a scope holds all there is but the memory of masks, which is little. Pure. */
export function isEverything(scope: Scope): boolean {
  return Object.values(scope).every((value) => value === null);
}
