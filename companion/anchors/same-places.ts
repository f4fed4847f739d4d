import { CLOSE_PLACES, INTACT_LINES, ODD_LINES, RANK_WEIGHTS, TRACE_LINES } from './anchor-config.ts';
import type { FileIndex } from './file-index.ts';
import type { LineAnchor } from './line-anchor.ts';
import { keyOf } from './line-text.ts';
import { type Place, placeAt, positionFit } from './place.ts';
import type { Surroundings } from './surroundings.ts';

/** The lines, from 0, that say the same as the anchor. */
export function sameLines(anchor: LineAnchor, index: FileIndex): readonly number[] {
  const number = index.keyNumber.get(keyOf(anchor.text));
  return number === undefined ? [] : index.places[number]!;
}

/** The same lines as places; of very many, those that look best at a glance. */
export function samePlaces(anchor: LineAnchor, index: FileIndex, around: Surroundings): Place[] {
  let lines = sameLines(anchor, index);
  if (lines.length > CLOSE_PLACES) {
    const glance = new Map(
      lines.map((line) => [
        line,
        around.glanceAt(line) + RANK_WEIGHTS.position * positionFit(anchor, index, line),
      ]),
    );
    lines = [...lines].sort((a, b) => glance.get(b)! - glance.get(a)!).slice(0, CLOSE_PLACES);
  }
  return lines.map((line) => placeAt(anchor, index, around, line, 1));
}

/**
 * The line that is plainly the anchor's, or null: its neighbours on both sides are what they were, as those of
 * no other line that says the same are. Nearly every anchor is found here, at a few comparisons.
 */
export function intactLine(anchor: LineAnchor, index: FileIndex, around: Surroundings): number | null {
  let best = { line: -1, run: 0 };
  let second = 0;
  for (const line of sameLines(anchor, index)) {
    const run = around.intactAt(line);
    if (run > best.run) {
      second = best.run;
      best = { line, run };
    } else second = Math.max(second, run);
  }
  if (best.run >= TRACE_LINES) return second < TRACE_LINES ? best.line : null;
  return best.run >= INTACT_LINES && second < ODD_LINES ? best.line : null;
}
