import { EDITED_MINIMUM, EXACT_MINIMUM, INTACT_LINES, LEAST_LEAD } from './anchor-config.ts';
import { type FileIndex, indexFile } from './file-index.ts';
import type { LineAnchor } from './line-anchor.ts';
import { keyOf } from './line-text.ts';
import { alikePlaces, type Place, samePlaces } from './places.ts';
import { Surroundings, telling } from './surroundings.ts';

export interface Located {
  /** From 1. */
  readonly line: number;
  /** 0 to 1. */
  readonly confidence: number;
  /** The line still says the same, apart from whitespace, quotes and a closing comma or semicolon. */
  readonly exact: boolean;
}

export function locate(anchor: LineAnchor, file: string | FileIndex): Located | null {
  const index = typeof file === 'string' ? indexFile(file) : file;
  const around = new Surroundings(anchor, index);
  const intact = intactPlace(anchor, index, around);
  if (intact !== null) return { line: intact + 1, confidence: 1, exact: true };
  const same = samePlaces(anchor, index, around);
  const alike = anchor.lost || (same.length === 1 && anchor.copies === 1) ? [] : alikePlaces(anchor, index, around);
  const [first, second] = bestTwo([...same, ...alike]);
  if (first === null) return null;
  if (second !== null && first.rank - second.rank < LEAST_LEAD) return null;
  const exact = first.alike === 1;
  const confidence = exact ? sameConfidence(anchor, first, same.length) : first.rank;
  if (confidence < (exact ? EXACT_MINIMUM : EDITED_MINIMUM)) return null;
  return { line: first.line + 1, confidence, exact };
}

/** The one place whose neighbours on both sides are what they were; null when there are more, or none. */
function intactPlace(anchor: LineAnchor, index: FileIndex, around: Surroundings): number | null {
  const number = index.keyNumber.get(keyOf(anchor.text)) ?? -1;
  let found: number | null = null;
  for (const line of index.places[number] ?? []) {
    if (around.intactAt(line) < INTACT_LINES) continue;
    if (found !== null) return null;
    found = line;
  }
  return found;
}

/**
 * A text that was the only one of its kind and still is needs no context; one of several does, since the
 * others may remain when the anchor's own is gone.
 */
function sameConfidence(anchor: LineAnchor, place: Place, count: number): number {
  const { context, trace, enclosing } = place.fit;
  const around = ((context ?? 0) + (trace ?? 0)) / 2;
  if (anchor.copies === 1 && count === 1) return around + (1 - around) * 0.8 * telling(anchor.text);
  const fewer = count < anchor.copies ? 0.1 : 0;
  return 0.8 * around + 0.2 * (enclosing ?? around) - fewer;
}

function bestTwo(places: readonly Place[]): [Place | null, Place | null] {
  let first: Place | null = null;
  let second: Place | null = null;
  for (const place of places) {
    if (first === null || place.rank > first.rank) {
      second = first;
      first = place;
    } else if (second === null || place.rank > second.rank) second = place;
  }
  return [first, second];
}
