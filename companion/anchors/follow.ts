import { findElsewhere, type Sighting } from './elsewhere.ts';
import { type FileSource, OpenFiles } from './file-source.ts';
import { anchorAt, type LineAnchor } from './line-anchor.ts';
import { sight } from './sight.ts';

/**
 * kept: same place, same text. moved: elsewhere in its file. renamed: in another file. edited: the text
 * changed, in its file. lost: not found. found: lost before, and back.
 */
export type Outcome = 'kept' | 'moved' | 'renamed' | 'edited' | 'lost' | 'found';

export interface Followed {
  readonly anchor: LineAnchor;
  readonly outcome: Outcome;
}

/**
 * Finds each anchor again after the files of `source` changed, and renews what it remembers. Looks in its own
 * file, then where that was moved to, then in the candidates. An anchor that is nowhere keeps its line and is
 * lost; it is found when its text comes back. Answers in the order of `anchors`.
 */
export async function follow(
  anchors: readonly LineAnchor[],
  source: FileSource,
  signal?: AbortSignal,
): Promise<Followed[]> {
  const files = new OpenFiles(source);
  const followed: Followed[] = [];
  for (const anchor of anchors) {
    signal?.throwIfAborted();
    followed.push(settle(anchor, await find(anchor, source, files)));
  }
  return followed;
}

async function find(anchor: LineAnchor, source: FileSource, files: OpenFiles): Promise<Sighting | null> {
  const here = await findIn(anchor, anchor.file, files);
  if (here !== null) return here;
  const renamed = await source.renamedTo(anchor.file);
  const there = renamed === null ? null : await findIn(anchor, renamed, files);
  if (there !== null) return there;
  const homes = renamed === null ? [anchor.file] : [anchor.file, renamed];
  return findElsewhere(anchor, homes, source, files);
}

async function findIn(anchor: LineAnchor, file: string, files: OpenFiles): Promise<Sighting | null> {
  const index = await files.open(file);
  if (index === null) return null;
  const seen = sight(anchor, index) ?? (anchor.lost ? sight(asAtFirst(anchor), index) : null);
  return seen && { ...seen, file, index };
}

/** What a lost anchor may come back as: an undo or a checkout brings back the text of before the edits. */
function asAtFirst(anchor: LineAnchor): LineAnchor {
  // Whether others said the same then is not known; so the surroundings must speak for it.
  return { ...anchor, text: anchor.origin, copies: Math.max(2, anchor.copies) };
}

function settle(anchor: LineAnchor, seen: Sighting | null): Followed {
  if (seen === null) return { anchor: { ...anchor, lost: true }, outcome: 'lost' };
  const next = anchorAt(seen.index, seen.line, seen.file, anchor.origin);
  return { anchor: next, outcome: outcomeOf(anchor, seen) };
}

function outcomeOf(anchor: LineAnchor, { file, line, exact }: Sighting): Outcome {
  if (anchor.lost) return 'found';
  if (file !== anchor.file) return 'renamed';
  if (!exact) return 'edited';
  return line === anchor.line ? 'kept' : 'moved';
}
