import type { TrackRecord } from '../protocol/index.ts';

/** A voter begins as if two of its votes had been right and two wrong: Beta(2, 2). */
const PRIOR = 2;
const LEAST_WEIGHT = 0.5;
const MOST_WEIGHT = 2;

/** How a voter's votes were borne out, and what they count for that (systems.md, section 7). Pure. */
export function trackRecord({
  hits,
  misses,
  waiting,
}: Pick<TrackRecord, 'hits' | 'misses' | 'waiting'>): TrackRecord {
  const rate = rateOf(hits, misses);
  const weight = Math.min(MOST_WEIGHT, Math.max(LEAST_WEIGHT, 2 * rate));
  return { hits, misses, waiting, rate, weight };
}

/** The mean of Beta(2, 2) after so many hits and misses. */
export function rateOf(hits: number, misses: number): number {
  return (hits + PRIOR) / (hits + misses + 2 * PRIOR);
}
