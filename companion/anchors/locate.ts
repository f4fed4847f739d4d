import { CONFIDENCE_WEIGHTS, INTACT_LINES, LEAST, LEAST_LEAD } from './anchor-config.ts';
import { type FileIndex, indexFile } from './file-index.ts';
import type { LineAnchor } from './line-anchor.ts';
import { keyOf } from './line-text.ts';
import { alikePlaces, type Place, samePlaces } from './places.ts';
import { Surroundings } from './surroundings.ts';

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
  const alike =
    anchor.lost || (same.length === 1 && anchor.copies === 1) ? [] : alikePlaces(anchor, index, around);
  const [first, second] = bestTwo([...same, ...alike]);
  if (first === null) return null;
  if (second !== null && first.rank - second.rank < LEAST_LEAD) return null;
  const exact = first.alike === 1;
  const only = exact && anchor.copies === 1 && same.length === 1;
  const confidence = confidenceOf(first);
  const least = only ? 0 : !exact ? LEAST.edited : same.length < anchor.copies ? LEAST.fewer : LEAST.same;
  if (confidence < least) return null;
  return { line: first.line + 1, confidence: only ? 1 - (1 - confidence) * 0.3 : confidence, exact };
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

function confidenceOf({ alike, fit }: Place): number {
  return mean([
    [CONFIDENCE_WEIGHTS.text, alike < 1 ? alike : null],
    [CONFIDENCE_WEIGHTS.context, fit.context],
    [CONFIDENCE_WEIGHTS.trace, fit.trace],
    [CONFIDENCE_WEIGHTS.enclosing, fit.enclosing],
  ]);
}

function mean(terms: readonly (readonly [number, number | null])[]): number {
  let sum = 0;
  let weight = 0;
  for (const [share, value] of terms) {
    if (value === null) continue;
    sum += share * value;
    weight += share;
  }
  return weight === 0 ? 0.5 : sum / weight;
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
