import type { Reader } from '../store/index.ts';
import { queryWords } from './query-words.ts';
import { confine, type Scope } from './scope.ts';
import type { TimeRange } from './time-expressions.ts';

/**
 * The time before or after something that is remembered: "before the release", "since we moved to SQLite". That is
 * the record that has all of those words and has them most; null where none has. Not a date: see `timeOf`.
 */
export function eventTime(reader: Reader, query: string, scope: Scope): TimeRange | null {
  const match = /\b(before|until|after|since)\s+(.+?)[?.!]*$/i.exec(query);
  const words = match ? queryWords(match[2]!) : [];
  if (!match || words.length === 0) return null;
  const confined = confine(scope);
  const sql = `SELECT memories.happened_at AS at FROM memory_words
    JOIN memories ON memories.rowid = memory_words.rowid
    WHERE memory_words MATCH ? ${confined.sql} ORDER BY rank LIMIT 1`;
  const all = words.map((word) => `"${word}"`).join(' AND ');
  const event = reader.get<{ at: number }>(sql, all, ...confined.params);
  if (!event) return null;
  return /before|until/i.test(match[1]!)
    ? { since: 0, until: event.at }
    : { since: event.at, until: Number.MAX_SAFE_INTEGER };
}
