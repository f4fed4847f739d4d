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

/** What each tier means, to be read after "without a click". */
export const TIER_WORDS: Readonly<Record<Tier, string>> = {
  T0: 'it reads and suggests',
  T1: 'it reads, suggests and writes drafts',
  T2: 'it also edits inside the workspace after a snapshot, and runs allowed commands that you granted',
  T3: 'it also runs on your silence, where you granted that',
};
