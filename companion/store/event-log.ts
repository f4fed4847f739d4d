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
