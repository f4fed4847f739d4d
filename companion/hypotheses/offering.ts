import type { Hypothesis } from './hypothesis.ts';

/** What was offered on one day; it counts what has been answered or forgotten since, too. */
export interface Offered {
  /** Local days since 1970-01-01. */
  readonly day: number;
  readonly ids: readonly string[];
}

/**
 * Whose turn it is: what was offered today stays, and as many more as the day allows, those that waited longest for
 * their turn first and among them the weightiest. The rest waits for another day. Pure.
 */
export function offer(
  waiting: readonly Hypothesis[],
  before: Offered | null,
  day: number,
  perDay: number,
): Offered {
  const ids = before?.day === day ? before.ids : [];
  const next = waiting
    .filter(({ id }) => !ids.includes(id))
    .sort(
      (a, b) =>
        (a.offeredAt ?? 0) - (b.offeredAt ?? 0) ||
        b.weight - a.weight ||
        a.formedAt - b.formedAt ||
        (a.id < b.id ? -1 : 1),
    );
  return { day, ids: [...ids, ...next.slice(0, Math.max(0, perDay - ids.length)).map(({ id }) => id)] };
}
