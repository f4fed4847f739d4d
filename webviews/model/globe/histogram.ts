import type { GlobePoint } from '../../../companion/protocol/index.ts';

const DAY = 86_400_000;

/** The time that the scrubber spans, in whole days: from the first sign of anything to now. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** At least two weeks, at most what there is; ten years at the utmost, as a wrong date is no history. Pure. */
export function spanOf(points: readonly GlobePoint[], now: number): Span {
  let from = now - 14 * DAY;
  for (const { createdAt } of points) if (createdAt > now - 3650 * DAY && createdAt < from) from = createdAt;
  return { from: Math.floor(from / DAY) * DAY, to: now };
}

/** How much began or was touched last in each of `bins` equal parts of a span. Pure. */
export function histogram(points: readonly GlobePoint[], { from, to }: Span, bins: number): number[] {
  const counts = new Array<number>(bins).fill(0);
  const width = Math.max(1, to - from) / bins;
  const add = (at: number) => {
    if (at < from || at > to) return;
    const bin = Math.min(bins - 1, Math.floor((at - from) / width));
    counts[bin] = counts[bin]! + 1;
  };
  for (const { createdAt, touchedAt } of points) {
    add(createdAt);
    if (touchedAt - createdAt > width) add(touchedAt);
  }
  return counts;
}
