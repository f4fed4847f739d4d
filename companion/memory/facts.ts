import type { Reader, Transaction } from '../store/index.ts';
import { agree } from './agreement.ts';
import { changeIn, usageIn } from './change-phrases.ts';

interface Fact {
  readonly id: string;
  readonly content: string;
  readonly workspace: string | null;
  readonly about: string | null;
  readonly validFrom: number;
}

interface FactRow {
  readonly id: string;
  readonly content: string;
  readonly valid_from: number;
}

/**
 * Puts a new fact in its place in time: the fact that it contradicts ceases to hold when it begins, and it ceases to
 * hold itself where a later one is known already. What a fact contradicts is certain when both are `about` the same,
 * or when it says itself what it changes ("we moved from Redis to SQLite"). Closed facts are kept.
 */
export function settleFact(tx: Transaction, fact: Fact): void {
  for (const earlier of contradicted(tx, fact))
    if (!agree(earlier.content, fact.content)) close(tx, earlier.id, fact.validFrom, fact.id);
  const later = fact.about === null ? undefined : nextAbout(tx, fact);
  if (later && !agree(later.content, fact.content)) close(tx, fact.id, later.valid_from, later.id);
}

function contradicted(reader: Reader, fact: Fact): FactRow[] {
  if (fact.about !== null) {
    const sql = `SELECT id, content, valid_from FROM memories WHERE about = ? COLLATE NOCASE AND workspace IS ?
      AND id <> ? AND kind = 'fact' AND valid_from <= ? AND (valid_to IS NULL OR valid_to > ?)`;
    return reader.all<FactRow>(sql, fact.about, fact.workspace, fact.id, fact.validFrom, fact.validFrom);
  }
  const change = changeIn(fact.content);
  if (!change) return [];
  const sql = `SELECT id, content, valid_from FROM memories WHERE kind = 'fact' AND workspace IS ? AND id <> ?
    AND valid_from <= ? AND valid_to IS NULL ORDER BY valid_from DESC LIMIT 1000`;
  const open = reader.all<FactRow>(sql, fact.workspace, fact.id, fact.validFrom);
  if (change.from !== null) return open.filter(({ content }) => saysThat(content, change.from!));
  // "We moved to SQLite" does not say from where: certain only where there is one thing in use.
  const inUse = open.filter(({ content }) => usageIn(content) !== null);
  return inUse.length === 1 ? inUse : [];
}

function saysThat(content: string, what: string): boolean {
  const used = usageIn(content) ?? changeIn(content)?.to ?? null;
  return used !== null && mentions(used, what);
}

function mentions(text: string, what: string): boolean {
  const words = new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu));
  return (what.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).every((word) => words.has(word));
}

function nextAbout(reader: Reader, { id, about, workspace, validFrom }: Fact): FactRow | undefined {
  const sql = `SELECT id, content, valid_from FROM memories WHERE about = ? COLLATE NOCASE AND workspace IS ?
    AND id <> ? AND kind = 'fact' AND valid_from > ? ORDER BY valid_from LIMIT 1`;
  return reader.get<FactRow>(sql, about, workspace, id, validFrom);
}

function close(tx: Transaction, id: string, at: number, by: string): void {
  tx.run('UPDATE memories SET valid_to = ?, closed_by = ? WHERE id = ?', at, by, id);
  tx.emit({ type: 'memory.closed', subject: id, data: { by } });
}
