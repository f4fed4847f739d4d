/** How much there was in each hour or day that had any: the number of the hour or day, and the figure. */
export type Tally = Readonly<Record<number, number>>;

/** With less history than this nothing is known of what is usual. */
const LEAST_PERIODS = 5;

/** Notes a figure of a period; the largest counts. Periods before `oldest` are let go. Pure. */
export function note(tally: Tally, period: number, figure: number, oldest: number): Tally {
  if ((tally[period] ?? 0) >= figure || period < oldest) return tally;
  const known = Object.entries(tally);
  const kept = known.filter(([each]) => Number(each) >= oldest);
  return kept.length < known.length
    ? { ...Object.fromEntries(kept), [period]: figure }
    : { ...tally, [period]: figure };
}

/** The figures of the periods from `from` up to, without, `until`. */
export function figures(tally: Tally, from: number, until: number): number[] {
  return Object.entries(tally).flatMap(([period, figure]) =>
    Number(period) >= from && Number(period) < until ? [figure] : [],
  );
}

/** What an ordinary period has, null where too little is known. Idle periods do not count. Pure. */
export function usual(past: readonly number[]): number | null {
  return past.length < LEAST_PERIODS ? null : median(past);
}

/**
 * The figure from which on a period is out of the ordinary: 4 robust standard deviations (from the median absolute
 * deviation, no smaller than that of chance arrivals) above the median, and at least 2.5 times it. Null where too
 * little is known. Pure.
 */
export function surgeFrom(past: readonly number[]): number | null {
  const middle = usual(past);
  if (middle === null) return null;
  const deviation = 1.4826 * median(past.map((figure) => Math.abs(figure - middle)));
  return Math.max(2.5 * middle, middle + 4 * Math.max(deviation, Math.sqrt(middle)));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
