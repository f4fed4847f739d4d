import type { MemoryKind, MemorySource, WrittenBy } from '../protocol/index.ts';
import type { Mind, Reader, Transaction } from '../store/index.ts';
import type { MemoryRow } from './rows.ts';

/** Each episode happened and each turn was said; what stands for something elsewhere stays one thing. */
export const MERGED_KINDS: ReadonlySet<MemoryKind> = new Set(['fact', 'observation', 'hypothesis', 'dream']);

/** What decides whether two records may be one. */
interface Mergeable {
  readonly kind: MemoryKind;
  readonly content: string;
  readonly workspace: string | null;
  readonly private: boolean;
  readonly about?: string | null | undefined;
  readonly mask?: string | null | undefined;
}

/** Where the same was said again. */
interface Again {
  readonly id: string;
  readonly origin: string | null;
  readonly author: string | null;
  readonly source: MemorySource;
  readonly happenedAt: number;
  readonly recordedAt: number;
  readonly writtenBy: WrittenBy;
  readonly content: string;
}

/** Equal for records that say the same in the same place, case, spaces and punctuation aside; null for what never merges. */
export function sameKey(mind: Mind, record: Mergeable): string | null {
  if (!MERGED_KINDS.has(record.kind)) return null;
  const { kind, workspace, about = null, mask = null } = record;
  return mind.digest(
    JSON.stringify([kind, workspace, record.private, about, mask, plainWords(record.content)]),
  );
}

/** Words and numbers in lower case, with the signs that change what they say. Pure. */
export function plainWords(content: string): string {
  const words = content
    .normalize('NFKC')
    .toLowerCase()
    .match(/[-+]?\p{N}+(?:[.,:/]\p{N}+)*%?|[\p{L}\p{M}\p{N}]+(?:['’]\p{L}+)?|[#@$€<>=!+*/\\]+/gu);
  // What is nothing but signs is compared as it stands.
  return words?.join(' ').replaceAll('’', "'") ?? content.trim();
}

/** The record that says the same; of a fact that has ceased to hold, only one that ceased at the same time. */
export function sameAs(
  reader: Reader,
  key: string,
  record: Pick<Mergeable, 'content'> & { readonly validTo?: number | undefined },
): string | null {
  const sql = 'SELECT id, content FROM memories WHERE same = ? AND valid_to IS ? ORDER BY rowid LIMIT 1';
  const found = reader.get<{ id: string; content: string }>(sql, key, record.validTo ?? null);
  return found && plainWords(found.content) === plainWords(record.content) ? found.id : null;
}

/** Keeps where and by whom the same was said. What a person says as well counts as a person's. */
export function mergeInto(tx: Transaction, survivor: string, again: Again): void {
  const sql = `INSERT INTO memory_merged (memory, id, origin, author, source, happened_at, recorded_at, written_by,
    content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
  const { id, origin, author, source, happenedAt, recordedAt, writtenBy, content } = again;
  tx.run(
    sql,
    survivor,
    id,
    origin,
    author,
    JSON.stringify(source),
    happenedAt,
    recordedAt,
    writtenBy,
    content,
  );
  if (writtenBy === 'person') tx.run("UPDATE memories SET written_by = 'person' WHERE id = ?", survivor);
  tx.emit({ type: 'memory.merged', subject: survivor, data: { again: id } });
}

/**
 * Puts a record that says the same as an older one, in other words, into that one: its provenance is kept, and what it
 * had taken in, and what was linked to it. Returns the id of what is left; null, with nothing done, where either is gone
 * by now.
 */
export function mergeRecords(tx: Transaction, survivor: number, merged: number): string | null {
  const row = (rowid: number) => tx.get<MemoryRow>('SELECT * FROM memories WHERE rowid = ?', rowid);
  const [kept, again] = [row(survivor), row(merged)];
  if (!kept || !again) return null;
  tx.run('UPDATE memory_merged SET memory = ? WHERE memory = ?', kept.id, again.id);
  tx.run('UPDATE OR IGNORE memory_links SET memory = ? WHERE memory = ?', kept.id, again.id);
  // A summary quotes the words of this saying, which is known by its own id for as long as it is kept.
  const links = "UPDATE OR IGNORE memory_links SET target = ? WHERE target = ? AND kind <> 'quotes'";
  tx.run(links, kept.id, again.id);
  tx.run('UPDATE memories SET closed_by = ? WHERE closed_by = ?', kept.id, again.id);
  const pinned = Math.max(kept.pinned, again.pinned);
  const salience = Math.max(kept.salience, again.salience);
  tx.run('UPDATE memories SET pinned = ?, salience = ? WHERE rowid = ?', pinned, salience, survivor);
  tx.run('DELETE FROM memories WHERE rowid = ?', merged);
  mergeInto(tx, kept.id, {
    id: again.id,
    origin: again.origin,
    author: again.author,
    source: JSON.parse(again.source) as MemorySource,
    happenedAt: again.happened_at,
    recordedAt: again.recorded_at,
    writtenBy: again.written_by as WrittenBy,
    content: again.content,
  });
  return kept.id;
}
