import { POSITION_SCALE, RANK_WEIGHTS } from './anchor-config.ts';
import type { FileIndex } from './file-index.ts';
import type { LineAnchor } from './line-anchor.ts';
import type { Fit, Surroundings } from './surroundings.ts';
import { weightedMean } from './weighted-mean.ts';

/** A place that may be the anchor's, with what speaks for it, each 0 to 1. */
export interface Place {
  /** From 0. */
  readonly line: number;
  /** How alike the text is; 1 for the same key. */
  readonly alike: number;
  readonly fit: Fit;
  /** All of it, and the position, together. */
  readonly rank: number;
}

export function placeAt(
  anchor: LineAnchor,
  index: FileIndex,
  around: Surroundings,
  line: number,
  alike: number,
): Place {
  const fit = around.fitAt(line);
  const rank = weightedMean([
    [anchor.copies > 1 ? RANK_WEIGHTS.commonText : RANK_WEIGHTS.text, alike],
    [RANK_WEIGHTS.context, fit.context],
    [RANK_WEIGHTS.trace, fit.trace],
    [RANK_WEIGHTS.enclosing, fit.enclosing],
    [RANK_WEIGHTS.position, positionFit(anchor, index, line)],
  ]);
  return { line, alike, fit, rank };
}

/** 1 at the old distance from the start or from the end of the file, falling with the shift from there. */
export function positionFit(anchor: LineAnchor, index: FileIndex, line: number): number {
  const fromStart = Math.abs(line + 1 - anchor.line);
  const fromEnd = Math.abs(index.lines.length - 1 - line - anchor.fromEnd);
  return 1 / (1 + Math.min(fromStart, fromEnd) / POSITION_SCALE);
}

/** The two places of the highest rank, best first. */
export function bestTwo(places: readonly Place[]): [Place | null, Place | null] {
  let first: Place | null = null;
  let second: Place | null = null;
  for (const place of places) {
    if (first === null || place.rank > first.rank) [first, second] = [place, first];
    else if (second === null || place.rank > second.rank) second = place;
  }
  return [first, second];
}
