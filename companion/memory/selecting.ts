import type { ForgetSelector } from '../protocol/index.ts';
import type { Reader, SqlValue } from '../store/index.ts';
import { plainWords } from './merging.ts';
import { matchAny } from './query-words.ts';

/** A record that a selector fits, or the record into which that was merged. */
export interface Selected {
  /** What goes: a record, or one saying of it that was merged. */
  readonly id: string;
  /** What it mirrors or was imported from. */
  readonly origin: string | null;
  readonly kind: string;
  readonly content: string;
  readonly happened_at: number;
  readonly workspace: string | null;
}

const SAYINGS = `SELECT memories.id, memories.origin, memories.kind, memories.content, memories.happened_at,
    memories.workspace, memories.author, memories.source, memories.tags, memories.written_by, memories.id AS record
  FROM memories
  UNION ALL SELECT again.id, again.origin, memories.kind, again.content, again.happened_at,
    memories.workspace, again.author, again.source, memories.tags, again.written_by, memories.id AS record
  FROM memory_merged AS again JOIN memories ON memories.id = again.memory`;

const WITH_WORDS = `SELECT memories.id FROM memory_words JOIN memories ON memories.rowid = memory_words.rowid
  WHERE memory_words MATCH ?`;

/**
 * Everything that fits all that a selector says, with what goes along: where a record goes, so does every saying that
 * was merged into it. `workspace`: its id.
 */
export function select(reader: Reader, selector: ForgetSelector, workspace: string | null): Selected[] {
  const conditions: string[] = [];
  const params: SqlValue[] = [];
  const where = (condition: string, ...values: (SqlValue | undefined)[]) => {
    if (values.some((value) => value === undefined)) return;
    conditions.push(condition);
    params.push(...(values as SqlValue[]));
  };
  const ids = selector.ids && JSON.stringify(selector.ids);
  where('(id IN (SELECT value FROM json_each(?)) OR origin IN (SELECT value FROM json_each(?)))', ids, ids);
  where('EXISTS (SELECT 1 FROM json_each(tags) WHERE value = ? COLLATE NOCASE)', selector.tag);
  where('happened_at >= ?', selector.since);
  where('happened_at <= ?', selector.until);
  where("source ->> 'file' = ?", selector.file);
  where('author = ? COLLATE NOCASE', selector.author);
  where('written_by = ?', selector.writtenBy);
  where('workspace = ?', workspace ?? undefined);
  const words = wordsOf(selector.query);
  if (words.length > 0) where(`record IN (${WITH_WORDS})`, matchAny(words.flatMap(lettersOf)));
  // Nothing but signs, such as an emoji: looked for as it stands.
  else where('instr(content, ?) > 0', selector.query);
  const sql = `SELECT id, origin, kind, content, happened_at, workspace, record FROM (${SAYINGS})
    ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}`;
  const fitting = reader
    .all<Selected & { record: string }>(sql, ...params)
    .filter(({ content }) => hasAll(content, words));
  return withMerged(reader, fitting);
}

/** As they stand, so that forgetting "test" leaves what says "tests". */
function wordsOf(query: string | undefined): string[] {
  const words = query === undefined ? [] : plainWords(query).split(' ');
  return words.filter((word) => lettersOf(word).length > 0);
}

/** What the index of words has of a word with signs in it. */
function lettersOf(word: string): string[] {
  return word.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
}

/** Whether a text has all words of a query, as `select` understands them. Pure. */
export function saysAll(content: string, query: string): boolean {
  const words = wordsOf(query);
  return words.length > 0 ? hasAll(content, words) : content.includes(query);
}

function hasAll(content: string, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const there = new Set(plainWords(content).split(' '));
  return words.every((word) => there.has(word));
}

function withMerged(reader: Reader, fitting: readonly (Selected & { record: string })[]): Selected[] {
  const selected = new Map<string, Selected>(fitting.map(({ record: _, ...each }) => [each.id, each]));
  const whole = fitting.filter(({ id, record }) => id === record).map(({ id }) => id);
  const sql = `SELECT * FROM (${SAYINGS}) WHERE record IN (SELECT value FROM json_each(?))`;
  for (const row of reader.all<Selected>(sql, JSON.stringify(whole))) {
    const { id, origin, kind, content, happened_at, workspace } = row;
    if (!selected.has(id)) selected.set(id, { id, origin, kind, content, happened_at, workspace });
  }
  return [...selected.values()];
}

/**
 * Summaries that came from nothing but what goes, and those that have words of it in them: the next dream writes
 * others from what is left.
 */
export function derivedFrom(reader: Reader, going: ReadonlySet<string>): Selected[] {
  const sql = `SELECT DISTINCT memories.id, origin, memories.kind, content, happened_at, workspace FROM memory_links
    JOIN memories ON memories.id = memory_links.memory
    WHERE memory_links.kind IN ('summary of', 'quotes') AND target IN (SELECT value FROM json_each(?))`;
  const targets =
    "SELECT target, kind FROM memory_links WHERE kind IN ('summary of', 'quotes') AND memory = ?";
  return reader.all<Selected>(sql, JSON.stringify([...going])).filter(({ id }) => {
    if (going.has(id)) return false;
    const links = reader.all<{ target: string; kind: string }>(targets, id);
    const quoted = links.some(({ kind, target }) => kind === 'quotes' && going.has(target));
    return quoted || links.every(({ kind, target }) => kind === 'quotes' || going.has(target));
  });
}
