import type { Reader } from '../store/index.ts';
import { placesOf } from './neighbours.ts';
import { matchAny } from './query-words.ts';
import { REACH } from './rank.ts';
import { confine, type Scope } from './scope.ts';

/** Records that are looked at for their own words; more of them change nothing among the first hundred. */
const MOST_HITS = 400;
/** The best of them bring their neighbours along. */
const MOST_GIVERS = 200;

/** What ranking wants to know of a record, as it is stored. */
export interface Found {
  readonly rowid: number;
  readonly session: string | null;
  readonly position: number | null;
  readonly asks: number;
  readonly author: string | null;
  readonly kind: string;
  readonly happened_at: number;
  readonly salience: number;
  /** When it was recalled last, or else recorded. */
  readonly seen: number;
  readonly archived_at: number | null;
  readonly valid_to: number | null;
  /** BM25 of its own words, higher is better; 0 without any. */
  readonly words: number;
}

const COLUMNS = `memories.rowid, memories.session, memories.position, memories.asks, memories.author, memories.kind,
  memories.happened_at, memories.salience, memories.archived_at, memories.valid_to,
  max(memories.recorded_at, coalesce(memories.last_accessed, 0)) AS seen`;

/** Records with any of the words, by BM25, best first. */
export function findByWords(reader: Reader, words: readonly string[], scope: Scope): Found[] {
  if (words.length === 0) return [];
  const confined = confine(scope);
  const sql = `SELECT ${COLUMNS}, -bm25(memory_words) AS words
    FROM memory_words JOIN memories ON memories.rowid = memory_words.rowid
    WHERE memory_words MATCH ? ${confined.sql} ORDER BY rank LIMIT ${MOST_HITS}`;
  return reader.all<Found>(sql, matchAny(words), ...confined.params);
}

/** The records of those numbers that lie in the scope, in no order. */
export function findByNumber(reader: Reader, rowids: readonly number[], scope: Scope): Found[] {
  if (rowids.length === 0) return [];
  const confined = confine(scope);
  const sql = `SELECT ${COLUMNS}, 0 AS words FROM json_each(?) AS wanted
    CROSS JOIN memories ON memories.rowid = wanted.value WHERE true ${confined.sql}`;
  return reader.all<Found>(sql, JSON.stringify(rowids), ...confined.params);
}

/** Those around the best of `found` in their sessions that are not among them. */
export function findAround(reader: Reader, found: readonly Found[], scope: Scope): Found[] {
  const places = new Map<string, { s: string; p: number }>();
  for (const { session, position } of found.slice(0, MOST_GIVERS)) {
    if (session === null || position === null) continue;
    for (let p = Math.max(0, position - REACH); p <= position + REACH; p++)
      places.set(`${p} ${session}`, { s: session, p });
  }
  for (const place of placesOf(found.map((each) => ({ ...each, asks: false }))).keys()) places.delete(place);
  if (places.size === 0) return [];
  const confined = confine(scope);
  const sql = `SELECT ${COLUMNS}, 0 AS words FROM json_each(?) AS place CROSS JOIN memories
    ON memories.session = place.value ->> 's' AND memories.position = place.value ->> 'p'
    WHERE true ${confined.sql}`;
  return reader.all<Found>(sql, JSON.stringify([...places.values()]), ...confined.params);
}

/**
 * Which of the words name people who said something here, by the whole name, by a part of it, or by its
 * beginning ("Mel" for "Melanie"), from three letters on and written as a name: "chat" is not short for "ChatGPT".
 */
export function namedAuthors(
  reader: Reader,
  words: readonly string[],
  text: string,
): { authors: ReadonlySet<string>; names: ReadonlySet<string> } {
  const authors = new Set<string>();
  const names = new Set<string>();
  const known = reader.all<{ author: string }>(
    'SELECT DISTINCT author FROM memories WHERE author IS NOT NULL LIMIT 1000',
  );
  for (const { author } of known) {
    const parts = author.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
    for (const word of words) {
      if (!parts.some((part) => part === word || isShort(word, part, text))) continue;
      authors.add(author.toLowerCase());
      names.add(word);
    }
  }
  return { authors, names };
}

function isShort(word: string, name: string, text: string): boolean {
  if (word.length < 3 || !name.startsWith(word)) return false;
  return new RegExp(
    `(?<![\\p{L}\\p{N}])${word[0]!.toUpperCase()}${word.slice(1)}(?![\\p{L}\\p{N}])`,
    'u',
  ).test(text);
}
