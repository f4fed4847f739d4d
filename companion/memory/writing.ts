import { type Clock, newId, type Random } from '../kernel/index.ts';
import type { MemoryKind, MemoryRecord, MemorySource, Tone, WrittenBy } from '../protocol/index.ts';
import type { Mind, Transaction } from '../store/index.ts';
import { settleFact } from './facts.ts';
import { mergeInto, sameAs, sameKey } from './merging.ts';
import { isForgotten } from './tombstones.ts';

/** A record to be, in the store's own terms. */
export interface Written {
  readonly kind: MemoryKind;
  readonly content: string;
  /** Id of the workspace. */
  readonly workspace: string | null;
  readonly author?: string | undefined;
  readonly source: MemorySource;
  readonly session?: string | undefined;
  readonly happenedAt?: number | undefined;
  readonly salience: number;
  readonly tags: readonly string[];
  readonly links?: MemoryRecord['links'];
  readonly pinned: boolean;
  readonly private: boolean;
  readonly writtenBy: WrittenBy;
  readonly tone?: Tone | undefined;
  readonly about?: string | undefined;
  readonly validFrom?: number | undefined;
  readonly validTo?: number | undefined;
  readonly mask?: string | undefined;
  /** Id of what it mirrors elsewhere in the store, or of what it was imported from. */
  readonly origin: string | null;
  /** It stands for a thing of its own elsewhere, and is never merged with another. */
  readonly mirrors?: boolean;
  /** What comes from another mind keeps its id, its time, and its place in the session where that is free. */
  readonly kept?: MemoryRecord | undefined;
}

export interface WritingOptions {
  readonly mind: Mind;
  readonly clock: Pick<Clock, 'now'>;
  readonly random: Random;
}

/**
 * Stores a record with its event. Returns its id, or that of the record which says the same already; null for what
 * is known by its origin or its id, or was forgotten.
 */
export function write(
  tx: Transaction,
  record: Written,
  { mind, clock, random }: WritingOptions,
): string | null {
  const { kept, origin } = record;
  const now = clock.now();
  const id = kept?.id ?? newId('memory', now, random);
  if (isKnown(tx, kept?.id ?? null, origin) || isForgotten(tx, mind, id, origin)) return null;
  const happenedAt = record.happenedAt ?? now;
  const key = record.mirrors ? null : sameKey(mind, record);
  const same = key && sameAs(tx, key, record);
  if (same) {
    const recordedAt = kept?.recordedAt ?? now;
    mergeInto(tx, same, { ...record, id, happenedAt, recordedAt, author: record.author ?? null });
    return same;
  }
  const session = record.session ?? null;
  const validFrom = record.kind === 'fact' ? (record.validFrom ?? happenedAt) : null;
  const columns = {
    id,
    origin,
    workspace: record.workspace,
    kind: record.kind,
    content: record.content,
    author: record.author ?? null,
    source: JSON.stringify(record.source),
    session,
    position: session === null ? null : freePosition(tx, session, kept?.position ?? null),
    asks: asks(record.content),
    happened_at: happenedAt,
    recorded_at: kept?.recordedAt ?? now,
    salience: record.salience,
    tags: JSON.stringify(record.tags),
    pinned: record.pinned ? 1 : 0,
    written_by: record.writtenBy,
    private: record.private ? 1 : 0,
    tone: record.tone ?? null,
    mask: record.mask ?? null,
    about: record.about ?? null,
    valid_from: validFrom,
    valid_to: record.kind === 'fact' ? (record.validTo ?? null) : null,
    same: key,
    last_accessed: kept?.lastAccessed ?? null,
    access_count: kept?.accessCount ?? 0,
    archived_at: kept?.archivedAt ?? null,
    closed_by: kept?.closedBy ?? null,
  };
  const names = Object.keys(columns);
  const sql = `INSERT INTO memories (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
  tx.run(sql, ...Object.values(columns));
  for (const { kind, target } of record.links ?? [])
    tx.run('INSERT OR IGNORE INTO memory_links (memory, kind, target) VALUES (?, ?, ?)', id, kind, target);
  // What an agent says is true does not end what a person said.
  if (validFrom !== null && !kept && record.writtenBy !== 'agent')
    settleFact(tx, { ...record, id, validFrom, about: record.about ?? null });
  tx.emit({
    type: 'memory.remembered',
    subject: id,
    data: {
      kind: record.kind,
      digest: mind.digest(record.content),
      by: record.writtenBy,
      length: record.content.length,
      imported: kept !== undefined || (origin !== null && !record.mirrors),
    },
  });
  return id;
}

/** A question at its end: what comes next in a conversation is likely its answer. Pure. */
export function asks(content: string): 0 | 1 {
  return /[?？؟]["'”’)\]]*\s*$/u.test(content) ? 1 : 0;
}

function isKnown(tx: Transaction, id: string | null, origin: string | null): boolean {
  for (const table of ['memories', 'memory_merged']) {
    if (id !== null && tx.get(`SELECT 1 FROM ${table} WHERE id = ?`, id)) return true;
    if (origin !== null && tx.get(`SELECT 1 FROM ${table} WHERE origin = ?`, origin)) return true;
  }
  return false;
}

/** The wanted place in a session where nobody has it, else the next. */
function freePosition(tx: Transaction, session: string, wanted: number | null): number {
  const taken = 'SELECT 1 FROM memories WHERE session = ? AND position = ?';
  if (wanted !== null && !tx.get(taken, session, wanted)) return wanted;
  const sql = 'SELECT max(position) AS last FROM memories WHERE session = ?';
  return (tx.get<{ last: number | null }>(sql, session)?.last ?? -1) + 1;
}
