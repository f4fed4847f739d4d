import { Doorbell, type Listeners } from '../kernel/index.ts';
import type { Event } from '../protocol/index.ts';
import type { Reader, Writer } from './sqlite.ts';

/** What a transaction tells of a change: ids, counts and salted digests, never what a user wrote. */
export interface NewEvent {
  type: string;
  subject: string;
  data?: Event['data'];
}

interface EventRow {
  seq: number;
  at: number;
  type: string;
  subject: string;
  data: string;
}

const BATCH = 500;

export function appendEvent(tx: Writer, now: number, event: NewEvent): number {
  const sql = 'INSERT INTO events (at, type, subject, data) VALUES (?, ?, ?, ?)';
  return tx.run(sql, now, event.type, event.subject, JSON.stringify(event.data ?? {})).lastId;
}

export function eventsSince(reader: Reader, since: number, limit: number): Event[] {
  const sql = 'SELECT seq, at, type, subject, data FROM events WHERE seq > ? ORDER BY seq LIMIT ?';
  return reader.all<EventRow>(sql, since, limit).map((row) => ({ ...row, data: JSON.parse(row.data) }));
}

/** So many rows of the log are gone through at once, however few of them are asked for. */
const WINDOW = 20_000;

/**
 * Rows after `since` of these types, at most `limit`, and up to which row the log was gone through for them: each call
 * costs the same, however rare the types are.
 */
export function eventsOf(
  reader: Reader,
  { since, limit, types }: { since: number; limit: number; types: readonly string[] },
): { events: Event[]; through: number } {
  const end = reader.get<{ seq: number | null }>(
    'SELECT max(seq) AS seq FROM (SELECT seq FROM events WHERE seq > ? ORDER BY seq LIMIT ?)',
    since,
    WINDOW,
  );
  const through = end?.seq ?? lastSeq(reader);
  const sql = `SELECT seq, at, type, subject, data FROM events
    WHERE seq > ? AND seq <= ? AND type IN (SELECT value FROM json_each(?)) ORDER BY seq LIMIT ?`;
  const events = reader
    .all<EventRow>(sql, since, through, JSON.stringify(types), limit)
    .map((row) => ({ ...row, data: JSON.parse(row.data) }));
  return { events, through: events.length === limit ? events.at(-1)!.seq : through };
}

/** The last sequence given out, 0 for an empty log; rows that were removed still count. */
export function lastSeq(reader: Reader): number {
  return reader.get<{ seq: number }>("SELECT seq FROM sqlite_sequence WHERE name = 'events'")?.seq ?? 0;
}

/**
 * Follows the log from `since`: first what is there, then each new event, without a gap or a repeat.
 * It reads from the table at the consumer's pace, so that a slow consumer costs no memory here.
 */
export async function* followEvents(
  read: () => Reader,
  committed: Listeners<void>,
  since: number,
  signal?: AbortSignal,
): AsyncGenerator<Event, void> {
  let cursor = since;
  const bell = new Doorbell();
  const listening = committed.add(() => bell.ring());
  try {
    while (!signal?.aborted) {
      const batch = eventsSince(read(), cursor, BATCH);
      for (const event of batch) {
        if (signal?.aborted) return;
        cursor = event.seq;
        yield event;
      }
      if (batch.length < BATCH) await bell.wait(signal);
    }
  } finally {
    listening.dispose();
  }
}
