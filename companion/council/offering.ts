import type { Archetype, Mask, MaskOffer, MaskPriorities } from '../protocol/index.ts';
import { ARCHETYPE_CARDS, ARCHETYPE_VOICES, PROFILES } from './archetypes.ts';
import { CONCERNS, type Concern, concernsOf, correlation, fitOf } from './concerns.ts';

/** A mask that fits a note less than this does not fit it (systems.md, section 7). */
export const FITS = 0.3;
/** A note with fewer words that show a concern says nothing to make a mask of. */
const LEAST_WORDS = 2;
/** Two masks whose priorities all lie this near each other are the same. */
const NEAR = 0.1;

const CARES: Readonly<Record<Concern, string>> = {
  risk: 'what could be lost',
  effort: 'what it costs in time and upkeep',
  value: 'who has something of it',
  novelty: 'what has not been tried',
  focus: 'what is begun and not finished',
};
const NAMES: Readonly<Record<Concern, readonly string[]>> = {
  risk: ['Warden', 'Keel', 'Buoy'],
  effort: ['Thrift', 'Abacus', 'Ounce'],
  value: ['Merit', 'Harvest', 'Yield'],
  novelty: ['Rover', 'Tinder', 'Comet'],
  focus: ['Compass', 'Plumb', 'Needle'],
};

export type Suggestion = MaskOffer['suggested'];

/** The mask that fits a note best. Of equals the one that was there first. Pure. */
export function nearestOf(note: string, masks: readonly Mask[]): MaskOffer['nearest'] {
  const ranked = masks.map((mask) => ({
    mask: mask.id,
    name: mask.name,
    similarity: Math.min(1, Math.max(0, fitOf(note, mask))),
  }));
  return ranked.reduce((best, each) => (each.similarity > best.similarity ? each : best));
}

/**
 * The mask that could be made of a note; null for one that shows no concern, such as a plain reminder. It has the note's
 * concern and none of its words, so that nothing is left of a note that is forgotten. Pure.
 */
export function suggest(note: string, taken: readonly string[]): Suggestion | null {
  const shown = concernsOf(note);
  const words = CONCERNS.reduce((sum, concern) => sum + shown[concern], 0);
  if (words < LEAST_WORDS) return null;
  const priorities = Object.fromEntries(
    CONCERNS.map((concern) => [concern, hundredths(0.2 + 0.7 * (shown[concern] / words))]),
  ) as MaskPriorities;
  const [first, second] = CONCERNS.toSorted((a, b) => shown[b] - shown[a]) as [Concern, Concern];
  const cares = shown[second] > 0 ? `${CARES[first]}, then ${CARES[second]}` : CARES[first];
  const archetype = archetypeOf(priorities);
  const name = freeName(first, taken);
  return {
    name,
    archetype,
    priorities,
    voice: ARCHETYPE_VOICES[archetype],
    card: `Asks first: ${cares}. ${ARCHETYPE_CARDS[archetype]}`,
  };
}

/** Whether somebody who cares about the same votes already. */
export function sameCares(a: MaskPriorities, b: MaskPriorities): boolean {
  return CONCERNS.every((concern) => Math.abs(a[concern] - b[concern]) < NEAR);
}

/** The archetype whose cares are the most alike. */
function archetypeOf(priorities: MaskPriorities): Archetype {
  const all = Object.entries(PROFILES) as [Archetype, MaskPriorities][];
  return all.reduce((best, each) =>
    correlation(priorities, each[1]) > correlation(priorities, best[1]) ? each : best,
  )[0];
}

function freeName(concern: Concern, taken: readonly string[]): string {
  const used = new Set(taken.map((name) => name.toLowerCase()));
  const names = NAMES[concern];
  for (let i = 0; ; i++) {
    const name = `${names[i % names.length]}${i < names.length ? '' : ` ${Math.floor(i / names.length) + 1}`}`;
    if (!used.has(name.toLowerCase())) return name;
  }
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
