import type { Reader } from '../store/index.ts';
import { matchAny } from './query-words.ts';
import { type Candidate, REACH } from './rank.ts';
import { confine, type Scope } from './scope.ts';

/** Records that are looked at for their own words; more of them change nothing among the first hundred. */
const MOST_HITS = 400;
/** The best of them bring their neighbours along. */
const MOST_GIVERS = 200;

interface Row {
  rowid: number;
  session: string | null;
  position: number | null;
  asks: number;
  author: string | null;
  words: number;
}

const COLUMNS = 'memories.rowid, memories.session, memories.position, memories.asks, memories.author';

/**
 * Records with any of the words, by BM25, and those around the best of them in their sessions. Names of authors
 * among the words are taken as such: who said it, and not what was said.
 */
export function findCandidates(reader: Reader, words: readonly string[], scope: Scope): Candidate[] {
  if (words.length === 0) return [];
  const named = namedAuthors(reader, words);
  const about = words.filter((word) => !named.names.has(word));
  const hits = search(reader, about.length > 0 ? about : words, scope);
  const around = neighboursOf(reader, hits, scope);
  return [...hits, ...around].map((row) => ({
    rowid: row.rowid,
    session: row.session,
    position: row.position,
    asks: row.asks === 1,
    named: row.author !== null && named.authors.has(row.author.toLowerCase()),
    words: row.words,
  }));
}

function search(reader: Reader, words: readonly string[], scope: Scope): Row[] {
  const confined = confine(scope);
  const sql = `SELECT ${COLUMNS}, -bm25(memory_words) AS words
    FROM memory_words JOIN memories ON memories.rowid = memory_words.rowid
    WHERE memory_words MATCH ? ${confined.sql} ORDER BY rank LIMIT ${MOST_HITS}`;
  return reader.all<Row>(sql, matchAny(words), ...confined.params);
}

function neighboursOf(reader: Reader, hits: readonly Row[], scope: Scope): Row[] {
  const found = new Set(hits.map(({ rowid }) => rowid));
  const places = new Map<string, { s: string; p: number }>();
  for (const { session, position } of hits.slice(0, MOST_GIVERS)) {
    if (session === null || position === null) continue;
    for (let p = Math.max(0, position - REACH); p <= position + REACH; p++)
      places.set(`${p} ${session}`, { s: session, p });
  }
  if (places.size === 0) return [];
  const confined = confine(scope);
  const sql = `SELECT ${COLUMNS}, 0 AS words FROM json_each(?) AS place CROSS JOIN memories
    ON memories.session = place.value ->> 's' AND memories.position = place.value ->> 'p'
    WHERE true ${confined.sql}`;
  const rows = reader.all<Row>(sql, JSON.stringify([...places.values()]), ...confined.params);
  return rows.filter(({ rowid }) => !found.has(rowid));
}

/**
 * Which of the words name people who said something here, by the whole name, by a part of it, or by its
 * beginning ("Mel" for "Melanie"), from three letters on.
 */
function namedAuthors(
  reader: Reader,
  words: readonly string[],
): { authors: ReadonlySet<string>; names: ReadonlySet<string> } {
  const authors = new Set<string>();
  const names = new Set<string>();
  const known = reader.all<{ author: string }>(
    'SELECT DISTINCT author FROM memories WHERE author IS NOT NULL LIMIT 1000',
  );
  for (const { author } of known) {
    const parts = author.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
    for (const word of words) {
      if (!parts.some((part) => part === word || (word.length >= 3 && part.startsWith(word)))) continue;
      authors.add(author.toLowerCase());
      names.add(word);
    }
  }
  return { authors, names };
}
