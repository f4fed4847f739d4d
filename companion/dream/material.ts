import type { Reader } from '../store/index.ts';

/** A stretch of time with something new in it counts whole. */
const SLOT_MS = 5 * 60_000;
const MOST_SLOTS = 2000;

/** Where the dream before stood. */
export interface Mark {
  /** When it began, ms since the epoch; 0 before the first. */
  readonly at: number;
  /** The number of the newest record then. */
  readonly newest: number;
}

/**
 * How many minutes of new material there are: the stretches of five minutes in which something was worked on or
 * happened that is remembered since. An import of a year counts as a year, though it took a minute. Says nothing of
 * what it was. Stops counting at a week.
 */
export function newMinutes(reader: Reader, { at, newest }: Mark): number {
  const slots = new Set<number>();
  const instants = `SELECT DISTINCT slot FROM (
      SELECT happened_at / ${SLOT_MS} AS slot FROM memories WHERE rowid > ? AND kind <> 'dream'
      UNION SELECT at / ${SLOT_MS} FROM timeline WHERE at > ?) LIMIT ${MOST_SLOTS}`;
  for (const { slot } of reader.all<{ slot: number }>(instants, newest, at)) slots.add(slot);
  const spans = `SELECT DISTINCT max(started, ?) / ${SLOT_MS} AS first, ended / ${SLOT_MS} AS last
    FROM spans WHERE ended > ? LIMIT ${MOST_SLOTS}`;
  for (const { first, last } of reader.all<{ first: number; last: number }>(spans, at, at))
    for (let slot = first; slot <= last && slots.size < MOST_SLOTS; slot++) slots.add(slot);
  return (slots.size * SLOT_MS) / 60_000;
}

/** The number of the newest record. */
export function newestRecord(reader: Reader): number {
  return reader.get<{ n: number | null }>('SELECT max(rowid) AS n FROM memories')?.n ?? 0;
}
