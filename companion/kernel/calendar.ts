/** Spans of the calendar that reach up to a moment, the oldest first. */
export interface Spans {
  readonly step: 'day' | 'week';
  /** When each begins, at local midnight; each lasts until the next one. */
  readonly starts: readonly number[];
  /** When the last one ends: the midnight after `now`. */
  readonly end: number;
}

/** Up to so many days are told day by day, more in weeks. */
const MOST_DAYS = 31;

/**
 * The last `days` local days, the one of `now` included: day by day, or in spans of seven days that end with this day,
 * and then as many as hold all of them. A day on which the clocks change is as long as it is.
 */
export function lastSpans(now: number, days: number): Spans {
  const step = days <= MOST_DAYS ? 'day' : 'week';
  const length = step === 'day' ? 1 : 7;
  const count = Math.ceil(days / length);
  const today = new Date(now);
  const midnight = (back: number) =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() - back).getTime();
  const starts = Array.from({ length: count }, (_, i) => midnight((count - i) * length - 1));
  return { step, starts, end: midnight(-1) };
}

/** Which span a moment belongs to; -1 for one before the first. Pure; what is later belongs to the last. */
export function spanOf({ starts }: Pick<Spans, 'starts'>, at: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (starts[middle]! <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
