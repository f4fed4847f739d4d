import type { Axis } from '../../../companion/protocol/index.ts';
import type { Tier } from '../../../companion/protocol/stance-words.ts';
import { TIER_FROM } from '../grant-words.ts';
import { count } from '../words.ts';

/** What each level is, in plain words. It is about Progeny, never about the reader. */
export const LEVELS: Readonly<Record<Axis, { readonly name: string; readonly means: string }>> = {
  trust: {
    name: 'Trust',
    means: 'What it may do without a click. Only runs with a checked outcome move it.',
  },
  warmth: { name: 'Warmth', means: 'How near it stands to you. It colours wording, nothing else.' },
  arousal: { name: 'Arousal', means: 'How awake it is. It falls on days without work.' },
  valence: { name: 'Valence', means: 'How well things went of late. Low, it only gets quieter.' },
};
export const AXES = Object.keys(LEVELS) as Axis[];

/** A verified run that was kept moves trust so much of the way to 1 (systems.md, section 9). */
const SUCCESS = 0.04;

/** How many runs that are verified and kept lead from a trust to the one that is asked for. Pure. */
export function runsTo(trust: number, wanted: number): number {
  if (trust >= wanted) return 0;
  if (wanted >= 1) return Number.POSITIVE_INFINITY;
  // A hair less, so that what comes out exactly is not counted one more.
  return Math.ceil(Math.log((1 - wanted) / (1 - trust)) / Math.log(1 - SUCCESS) - 1e-9);
}

/** What is missing for a tier: "2 kept runs". Empty for a tier that is reached. Pure. */
export function missingWords(tier: Tier, trust: number): string {
  const runs = runsTo(trust, TIER_FROM[tier]);
  return runs === 0 ? '' : count(runs, 'kept run');
}
