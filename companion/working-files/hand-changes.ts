import type { Reader } from '../store/index.ts';

const FIELDS: Readonly<Record<string, string>> = { defer_until: 'deferUntil', review_at: 'reviewAt' };

/**
 * The fields of a loop or decision that its user changed after event `seq`, as the event log tells: events that
 * were caused `by` the user name the changed columns in `fields`.
 */
export function changedByHand(reader: Reader, subject: string, seq: number): ReadonlySet<string> {
  const sql = 'SELECT data FROM events WHERE seq > ? AND subject = ?';
  const names = reader.all<{ data: string }>(sql, seq, subject).flatMap(({ data }) => {
    const { by, fields } = JSON.parse(data) as { by?: unknown; fields?: unknown };
    return by === 'user' && typeof fields === 'string' ? fields.split(' ') : [];
  });
  return new Set(names.map((name) => FIELDS[name] ?? name));
}
