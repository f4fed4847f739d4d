import {
  CLOSE_PLACES,
  CONTEXT_LINES,
  EDITED_LIKENESS,
  ORIGIN_LIKENESS,
  POSITION_SCALE,
  RANK_WEIGHTS,
  REWRAPPED_LIKENESS,
  WORD_PLACES,
} from './anchor-config.ts';
import { type FileIndex, neighbour } from './file-index.ts';
import type { LineAnchor } from './line-anchor.ts';
import { keyOf, tokensOf } from './line-text.ts';
import { readTrace } from './line-trace.ts';
import { profileOf, similarity } from './similarity.ts';
import type { Fit, Surroundings } from './surroundings.ts';
import { weightedMean } from './weighted-mean.ts';
import { isRewrapped } from './wrapping.ts';

/** A place that may be the anchor's, with what speaks for it, each 0 to 1. */
export interface Place {
  /** From 0. */
  readonly line: number;
  /** How alike the text is; 1 for the same key. */
  readonly alike: number;
  readonly fit: Fit;
  readonly rank: number;
}

/** The places that say the same; of very many, those that look best at a glance. */
export function samePlaces(anchor: LineAnchor, index: FileIndex, around: Surroundings): Place[] {
  const number = index.keyNumber.get(keyOf(anchor.text));
  if (number === undefined) return [];
  let lines = index.places[number]!;
  if (lines.length > CLOSE_PLACES) {
    const glance = new Map(
      lines.map((line) => [line, around.glance(line) + 0.2 * positionFit(anchor, index, line)]),
    );
    lines = [...lines].sort((a, b) => glance.get(b)! - glance.get(a)!).slice(0, CLOSE_PLACES);
  }
  return lines.map((line) => placeAt(anchor, index, around, line, 1));
}

/** The places that say something alike, and are not lines that stood around the anchor themselves. */
export function alikePlaces(anchor: LineAnchor, index: FileIndex, around: Surroundings): Place[] {
  if (anchor.text === '') return [];
  const wanted = profileOf(anchor.text);
  const origin = profileOf(anchor.origin);
  const found: { line: number; alike: number }[] = [];
  for (const line of likelyLines(anchor, index)) {
    if (around.isKnown(line)) continue;
    const profile = index.profileAt(line);
    if (profile.key === wanted.key) continue;
    const alike =
      isRewrapped(anchor, index, line) || withoutComment(anchor.text) === withoutComment(index.lines[line]!)
        ? REWRAPPED_LIKENESS
        : similarity(wanted, profile);
    if (
      alike < EDITED_LIKENESS ||
      (alike < REWRAPPED_LIKENESS && similarity(origin, profile) < ORIGIN_LIKENESS)
    )
      continue;
    found.push({ line, alike });
  }
  const glance = new Map(found.map(({ line, alike }) => [line, alike + around.glance(line)]));
  found.sort((a, b) => glance.get(b.line)! - glance.get(a.line)!);
  return found.slice(0, CLOSE_PLACES).map(({ line, alike }) => placeAt(anchor, index, around, line, alike));
}

function placeAt(
  anchor: LineAnchor,
  index: FileIndex,
  around: Surroundings,
  line: number,
  alike: number,
): Place {
  const fit = around.fitAt(line);
  const terms: [number, number | null][] = [
    [anchor.copies > 1 ? RANK_WEIGHTS.commonText : RANK_WEIGHTS.text, alike],
    [RANK_WEIGHTS.trace, fit.trace],
    [RANK_WEIGHTS.enclosing, fit.enclosing],
    [RANK_WEIGHTS.position, positionFit(anchor, index, line)],
  ];
  return { line, alike, fit, rank: weightedMean(terms) };
}

/** 1 at the old distance from the start or from the end of the file, falling with the shift from there. */
function positionFit(anchor: LineAnchor, index: FileIndex, line: number): number {
  const fromStart = Math.abs(line + 1 - anchor.line);
  const fromEnd = Math.abs(index.lines.length - 1 - line - anchor.fromEnd);
  return 1 / (1 + Math.min(fromStart, fromEnd) / POSITION_SCALE);
}

/** Lines near where the context now stands, near the old position, and with the longest words of the text. */
function likelyLines(anchor: LineAnchor, index: FileIndex): Set<number> {
  const likely = new Set<number>();
  for (const [trace, side] of [
    [anchor.above, 1],
    [anchor.below, -1],
  ] as const) {
    for (const number of readTrace(trace, index).slice(0, 8)) {
      if (number < 0) continue;
      const at = index.places[number]!;
      if (at.length > 10) continue;
      for (const line of at) {
        for (let d = 1; d <= CONTEXT_LINES + 5; d++) {
          const near = neighbour(index, line, side, d);
          if (near >= 0) likely.add(near);
        }
      }
    }
  }
  for (let d = -CONTEXT_LINES; d <= CONTEXT_LINES; d++) {
    for (const line of [anchor.line - 1 + d, index.lines.length - 1 - anchor.fromEnd + d]) {
      if (line >= 0 && line < index.lines.length && index.lines[line] !== '') likely.add(line);
    }
  }
  const words = tokensOf(anchor.text)
    .filter((token) => token.length >= 4)
    .sort((a, b) => b.length - a.length)
    .slice(0, 4);
  for (const word of words) {
    for (let line = 0; line < index.lines.length && likely.size < WORD_PLACES; line++) {
      if (index.lines[line]!.includes(word)) likely.add(line);
    }
  }
  return likely;
}

/** The key without comment marks around it: a line that was commented out, or in again, is the same line. */
function withoutComment(text: string): string {
  return keyOf(text.replace(/^(?:\/\/|#|--|\/\*|<!--)\s*/, '').replace(/\s*(?:\*\/|-->)$/, '')) || text;
}
