import type { Drift, DriftBand } from '../protocol/index.ts';

/** What goes into a rating, each 0-1; null: not measured. */
export type DriftParts = Drift['parts'];

/** Of systems.md, section 6. */
export const WEIGHTS: Readonly<Record<keyof DriftParts, number>> = {
  magnitude: 0.3,
  conflict: 0.25,
  forecast: 0.2,
  volatility: 0.15,
  age: 0.1,
};

/** Up to which rating, itself left out, a band goes; what is above the last is critical. */
const BANDS: readonly (readonly [DriftBand, number])[] = [
  ['stable', 0.2],
  ['moderate', 0.4],
  ['volatile', 0.6],
  ['chaotic', 0.8],
];

export function bandOf(rating: number): DriftBand {
  return BANDS.find(([, limit]) => rating < limit)?.[0] ?? 'critical';
}

/**
 * One number from the parts that were measured: their weights are stretched so that they add up to one. With nothing
 * measured it is 0. `measured`: how much of the whole weight stands behind it. Pure.
 */
export function weigh(parts: DriftParts): { rating: number; measured: number } {
  let [sum, measured] = [0, 0];
  for (const [part, weight] of Object.entries(WEIGHTS) as [keyof DriftParts, number][]) {
    const value = parts[part];
    if (value === null) continue;
    sum += weight * value;
    measured += weight;
  }
  return { rating: measured === 0 ? 0 : Math.min(1, sum / measured), measured };
}
