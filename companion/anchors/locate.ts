import {
  CLONE_FIT,
  CLONE_LEAD,
  CONFIDENCE_WEIGHTS,
  INTACT_LINES,
  LEAST,
  LEAST_FOUND,
  LEAST_LEAD,
  LEAST_ONLY,
  ODD_LINES,
  TRACE_LINES,
  VACANCY_DOUBT,
} from './anchor-config.ts';
import { type FileIndex, indexFile } from './file-index.ts';
import type { LineAnchor } from './line-anchor.ts';
import { keyOf } from './line-text.ts';
import { alikePlaces, type Place, samePlaces } from './places.ts';
import { Surroundings } from './surroundings.ts';
import { upperTwin } from './tandem.ts';
import { weightedMean } from './weighted-mean.ts';

export interface Located {
  /** From 1. */
  readonly line: number;
  /** 0 to 1. */
  readonly confidence: number;
  /** The line still says the same, apart from whitespace, quotes and a closing comma or semicolon. */
  readonly exact: boolean;
  /** How well the surroundings fit, 0 to 1, whatever else spoke for the place. */
  readonly fit: number;
  /** The text is, and was, the only one of its kind in its file. */
  readonly only: boolean;
}

export function locate(anchor: LineAnchor, file: string | FileIndex): Located | null {
  const index = typeof file === 'string' ? indexFile(file) : file;
  const around = new Surroundings(anchor, index);
  const intact = intactPlace(anchor, index, around);
  if (intact !== null)
    return {
      line: (upperTwin(anchor, index, intact) ?? intact) + 1,
      confidence: 1,
      exact: true,
      fit: 1,
      only: false,
    };
  const same = samePlaces(anchor, index, around);
  const count = index.places[index.keyNumber.get(keyOf(anchor.text)) ?? -1]?.length ?? 0;
  const only = anchor.copies === 1 && count === 1;
  const alike = anchor.lost || only ? [] : alikePlaces(anchor, index, around);
  const [best, second] = bestTwo([...same, ...alike]);
  if (best === null) return null;
  if (anchor.clones.count > 1 && best.alike === 1) {
    const clone = cloneOf(anchor, same, best);
    if (clone === null) return null;
    if (clone !== best)
      return { line: clone.line + 1, confidence: 0.7, exact: true, fit: clone.fit.trace ?? 0, only: false };
  }
  const tandem = best.alike === 1 ? upperTwin(anchor, index, best.line) : null;
  const first = same.find((place) => place.line === tandem) ?? best;
  if (tandem === null && second !== null && best.rank - second.rank < LEAST_LEAD) return null;
  const exact = first.alike === 1;
  const { context, trace, enclosing } = first.fit;
  const fit = weightedMean([
    [CONFIDENCE_WEIGHTS.text, exact ? null : first.alike],
    [CONFIDENCE_WEIGHTS.context, context],
    [CONFIDENCE_WEIGHTS.trace, trace],
    [CONFIDENCE_WEIGHTS.enclosing, enclosing],
  ]);
  const probe = (globalThis as unknown as { probe?: (e: unknown) => void }).probe;
  probe?.({
    anchor,
    line: first.line,
    alike: first.alike,
    fit,
    context,
    trace,
    enclosing,
    vacancy: around.vacancy(),
    count,
    only,
    lead: second ? best.rank - second.rank : 1,
    tandem,
  });
  // The only line of its kind then and now needs no surroundings.
  if (only && anchor.lost && fit < LEAST_ONLY) return null;
  if (only) return { line: first.line + 1, confidence: Math.max(fit, 0.6), exact, fit, only };
  const gone = Math.max(0, around.vacancy() - (trace ?? 0));
  const confidence = fit - VACANCY_DOUBT * gone;
  const least = !exact
    ? LEAST.edited
    : count < anchor.copies
      ? LEAST.fewer + 0.3 / anchor.copies
      : LEAST.same;
  if (confidence < Math.max(least, anchor.lost ? LEAST_FOUND : 0)) return null;
  return { line: first.line + 1, confidence, exact, fit, only };
}

/**
 * The place that is plainly the anchor's: its neighbours on both sides are what they were, as those of no other
 * place are.
 */
function intactPlace(anchor: LineAnchor, index: FileIndex, around: Surroundings): number | null {
  const number = index.keyNumber.get(keyOf(anchor.text)) ?? -1;
  let best = { line: -1, run: 0 };
  let second = 0;
  for (const line of index.places[number] ?? []) {
    const run = around.intactAt(line);
    if (run > best.run) [best, second] = [{ line, run }, best.run];
    else second = Math.max(second, run);
  }
  const plain =
    best.run >= TRACE_LINES ? second < TRACE_LINES : best.run >= INTACT_LINES && second < ODD_LINES;
  return plain ? best.line : null;
}

/** When all clones are there, the one at the anchor's turn; when some are not, only one that no other could be. */
function cloneOf({ clones }: LineAnchor, same: readonly Place[], best: Place): Place | null {
  const near = same.filter(({ fit }) => (fit.trace ?? 0) >= clones.fit - 0.2).sort((a, b) => a.line - b.line);
  if (near.length === clones.count) return near[clones.index]!;
  return (best.fit.trace ?? 0) >= clones.fit + CLONE_LEAD ? best : null;
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
