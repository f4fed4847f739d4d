import type { Tier } from '../protocol/index.ts';

/** Where each tier begins; the edge belongs to the higher one (systems.md, section 9). */
const EDGES: readonly (readonly [from: number, tier: Tier])[] = [
  [0.9, 'T3'],
  [0.8, 'T2'],
  [0.6, 'T1'],
];

/** What trust allows without a click. Edges are hard: there is no grace, in either direction. */
export function tierOf(trust: number): Tier {
  return EDGES.find(([from]) => trust >= from)?.[1] ?? 'T0';
}
