import { alikePlaces } from './alike-places.ts';
import {
  FEWER_DOUBT,
  FIT_WEIGHTS,
  LEAST_FIT,
  LEAST_LEAD,
  ONLY_CONFIDENCE,
  ONLY_FIT,
  VACANCY_DOUBT,
} from './anchor-config.ts';
import { cloneAtTurn } from './clones.ts';
import type { FileIndex } from './file-index.ts';
import type { LineAnchor } from './line-anchor.ts';
import { bestTwo, type Place } from './place.ts';
import { intactLine, sameLines, samePlaces } from './same-places.ts';
import { Surroundings } from './surroundings.ts';
import { upperTwin } from './tandem.ts';
import { weightedMean } from './weighted-mean.ts';

/** Where an anchor was found in a file, and why that is believed. */
export interface Sight {
  /** From 1. */
  readonly line: number;
  /** The key is the same. */
  readonly exact: boolean;
  /** 0 to 1. */
  readonly confidence: number;
  /** How well text and surroundings fit, 0 to 1, apart from all doubts. */
  readonly fit: number;
  /** It is, and was, the only line of its file that says so. */
  readonly only: boolean;
}

/** The anchor's line in one file, or null when no place is good enough or two are too close to call. */
export function sight(anchor: LineAnchor, index: FileIndex): Sight | null {
  const around = new Surroundings(anchor, index);
  const intact = intactLine(anchor, index, around);
  if (intact !== null) {
    const line = upperTwin(anchor, index, intact) ?? intact;
    return { line: line + 1, exact: true, confidence: 1, fit: 1, only: false };
  }
  const count = sameLines(anchor, index).length;
  const only = anchor.copies === 1 && count === 1;
  const same = samePlaces(anchor, index, around);
  // What was lost comes back as it was or not at all: waiting for something alike would find it some day.
  const alike = anchor.lost || only ? [] : alikePlaces(anchor, index, around);
  const place = choose(anchor, index, same, alike);
  if (place === null) return null;
  const seen = { line: place.line + 1, exact: place.alike === 1, fit: fitOf(place), only };
  if (only) {
    if (anchor.lost && seen.fit < ONLY_FIT) return null;
    return { ...seen, confidence: Math.max(seen.fit, ONLY_CONFIDENCE) };
  }
  const kind = !seen.exact ? 'edited' : count < anchor.copies ? 'fewer' : 'same';
  const confidence = Math.max(0, seen.fit - (kind === 'same' ? 0 : doubt(anchor, place, count, around)));
  const least = anchor.lost ? LEAST_FIT.lost : LEAST_FIT[kind];
  return confidence < least ? null : { ...seen, confidence };
}

function choose(
  anchor: LineAnchor,
  index: FileIndex,
  same: readonly Place[],
  alike: readonly Place[],
): Place | null {
  const [best, second] = bestTwo([...same, ...alike]);
  if (best === null) return null;
  const exact = best.alike === 1;
  if (exact && anchor.clones.count > 1) return cloneAtTurn(anchor, same, best);
  const twin = exact ? upperTwin(anchor, index, best.line) : null;
  if (twin !== null) return same.find(({ line }) => line === twin) ?? best;
  const least = exact ? LEAST_LEAD.same : LEAST_LEAD.edited;
  return second !== null && best.rank - second.rank < least ? null : best;
}

function fitOf({ alike, fit }: Place): number {
  return weightedMean([
    [FIT_WEIGHTS.text, alike === 1 ? null : alike],
    [FIT_WEIGHTS.context, fit.context],
    [FIT_WEIGHTS.trace, fit.trace],
    [FIT_WEIGHTS.enclosing, fit.enclosing],
  ]);
}

/** Reasons to think that the anchor's line was deleted or replaced and that this is another one. */
function doubt(anchor: LineAnchor, place: Place, count: number, around: Surroundings): number {
  const vacant = Math.max(0, around.vacancy() - (place.fit.trace ?? 0));
  const gone = place.alike === 1 ? Math.max(0, 1 - count / anchor.copies) : 0;
  return VACANCY_DOUBT * vacant + FEWER_DOUBT * Math.min(1, 2 * gone);
}
