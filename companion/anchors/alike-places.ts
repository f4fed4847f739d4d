import {
  CLOSE_PLACES,
  CONTEXT_LINES,
  EDITED_LIKENESS,
  ORIGIN_LIKENESS,
  REFORMED_LIKENESS,
  WORD_PLACES,
} from './anchor-config.ts';
import { type FileIndex, linesWith, neighbour } from './file-index.ts';
import type { LineAnchor } from './line-anchor.ts';
import { tokensOf } from './line-text.ts';
import { readTrace } from './line-trace.ts';
import { type Place, placeAt } from './place.ts';
import { isReformed } from './reformed.ts';
import { type Profile, profileOf, similarity } from './similarity.ts';
import type { Surroundings } from './surroundings.ts';

/** Lines whose text leads to others; more of them than this lead anywhere. */
const GUIDES = { lines: 8, places: 10, reach: 8 };

/** Places that say something alike: the anchor's line, perhaps, in edited form. */
export function alikePlaces(anchor: LineAnchor, index: FileIndex, around: Surroundings): Place[] {
  if (anchor.text === '') return [];
  const text = profileOf(anchor.text);
  const origin = profileOf(anchor.origin);
  const found: { line: number; alike: number; glance: number }[] = [];
  for (const line of likelyLines(anchor, index)) {
    const alike = likeness(anchor, text, origin, index, line);
    // A line that stood around the anchor is itself, however much it looks like the anchor's.
    if (alike < REFORMED_LIKENESS && around.isKnown(line)) continue;
    if (alike > 0) found.push({ line, alike, glance: alike + around.glanceAt(line) });
  }
  found.sort((a, b) => b.glance - a.glance);
  return found.slice(0, CLOSE_PLACES).map(({ line, alike }) => placeAt(anchor, index, around, line, alike));
}

/**
 * Step by step a line can become any other. So its edited form must resemble the line as it was last seen and
 * also what it said when the anchor was made.
 */
function likeness(
  anchor: LineAnchor,
  text: Profile,
  origin: Profile,
  index: FileIndex,
  line: number,
): number {
  const profile = index.profileAt(line);
  if (profile.key === text.key) return 0;
  if (isReformed(anchor, index, line)) return REFORMED_LIKENESS;
  const alike = similarity(text, profile);
  return alike >= EDITED_LIKENESS && similarity(origin, profile) >= ORIGIN_LIKENESS ? alike : 0;
}

/** Lines near those that stood around the anchor, near its old position, and with the longest words of its text. */
function likelyLines(anchor: LineAnchor, index: FileIndex): Set<number> {
  const likely = new Set<number>();
  for (const [trace, side] of [
    [anchor.above, 1],
    [anchor.below, -1],
  ] as const) {
    for (const number of readTrace(trace, index).slice(0, GUIDES.lines)) {
      const places = number < 0 ? [] : index.places[number]!;
      if (places.length > GUIDES.places) continue;
      for (const guide of places) {
        for (let distance = 1; distance <= GUIDES.reach; distance++) {
          likely.add(neighbour(index, guide, side, distance));
        }
      }
    }
  }
  for (let d = -CONTEXT_LINES; d <= CONTEXT_LINES; d++) {
    likely.add(anchor.line - 1 + d).add(index.lines.length - 1 - anchor.fromEnd + d);
  }
  const words = tokensOf(anchor.text)
    .filter((token) => token.length >= 4)
    .sort((a, b) => b.length - a.length)
    .slice(0, 4);
  for (const word of words) {
    for (const line of linesWith(index, word, WORD_PLACES - likely.size)) likely.add(line);
  }
  for (const line of likely) if (!index.lines[line]) likely.delete(line);
  return likely;
}
