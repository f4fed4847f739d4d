import { CONTEXT_LIKENESS } from './anchor-config.ts';
import { enclosingLines, type FileIndex } from './file-index.ts';
import { keyOf } from './line-text.ts';
import { type Profile, profileOf, similarity } from './similarity.ts';
import { telling } from './trace-side.ts';

/** A line that enclosed an anchor, prepared against one file. */
export interface Enclosing {
  /** Its key's number, -1 when the file does not have it. */
  readonly number: number;
  readonly profile: Profile;
  readonly weight: number;
}

export function prepareEnclosing(texts: readonly string[], index: FileIndex): Enclosing[] {
  return texts.map((text) => ({
    number: index.keyNumber.get(keyOf(text)) ?? -1,
    profile: profileOf(text),
    weight: telling(text),
  }));
}

/** How many of the enclosing lines enclose `line` too, by weight: 0 to 1; null when both stand at the margin. */
export function enclosingFit(expected: readonly Enclosing[], index: FileIndex, line: number): number | null {
  // One more than expected: a block may have been wrapped around it.
  const actual = enclosingLines(index, line, expected.length + 1);
  if (expected.length === 0) return actual.length === 0 ? null : 0;
  let credit = 0;
  let weight = 0;
  for (const wanted of expected) {
    weight += wanted.weight;
    credit += wanted.weight * Math.max(0, ...actual.map((at) => likeness(wanted, index, at)));
  }
  return credit / weight;
}

function likeness(wanted: Enclosing, index: FileIndex, line: number): number {
  if (index.keys[line] === wanted.number) return 1;
  if (wanted.number >= 0) return 0;
  const alike = similarity(wanted.profile, index.profileAt(line));
  return alike >= CONTEXT_LIKENESS ? alike : 0;
}
