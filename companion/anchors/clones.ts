import { CLONE_FIT, CLONE_LEAD, CLONE_LINES, CLONE_SLACK } from './anchor-config.ts';
import type { FileIndex } from './file-index.ts';
import type { LineAnchor } from './line-anchor.ts';
import type { Place } from './place.ts';
import { Surroundings } from './surroundings.ts';

/** Lines that say the same in almost the same surroundings, as in two functions of which one was pasted. */
export interface Clones {
  /** The anchor's line included. */
  readonly count: number;
  /** Which of them the anchor's line is, from 0, in the order of the file. */
  readonly index: number;
  /** How well the best of the others fits the anchor's surroundings, 0 to 1; 0 without others. */
  readonly fit: number;
}

export const NO_CLONES: Clones = { count: 1, index: 0, fit: 0 };

export function clonesOf(anchor: LineAnchor, index: FileIndex): Clones {
  const around = new Surroundings(anchor, index);
  const own = anchor.line - 1;
  let count = 1;
  let before = 0;
  let best = 0;
  for (const line of index.places[index.keys[own]!]!) {
    if (line === own || around.intactAt(line) < CLONE_LINES) continue;
    const fit = around.fitAt(line).trace ?? 0;
    if (fit < CLONE_FIT) continue;
    count++;
    if (line < own) before++;
    best = Math.max(best, fit);
  }
  return { count, index: before, fit: best };
}

/**
 * Which of several clones is the anchor's, or null. All there: the one at the anchor's turn, since clones keep
 * their order while their text changes. Some missing: the one that remains may well be another, unless it fits
 * better than any of them did.
 */
export function cloneAtTurn({ clones }: LineAnchor, same: readonly Place[], best: Place): Place | null {
  const fits = ({ fit }: Place) => fit.trace ?? 0;
  const there = same
    .filter((place) => fits(place) >= clones.fit - CLONE_SLACK)
    .sort((a, b) => a.line - b.line);
  if (there.length === clones.count) return there[clones.index] ?? null;
  return fits(best) >= clones.fit + CLONE_LEAD ? best : null;
}
