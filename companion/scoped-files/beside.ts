import { createHash } from 'node:crypto';
import { renameSync, type Stats, unlinkSync } from 'node:fs';
import type { FileState } from '../agency/index.ts';
import type { AnchoredFolder } from './anchored-folder.ts';
import { isState, standingAt } from './file-state.ts';

/** Called before each change of the disk. */
export type Step = (what: string) => void;
/** From one state of a file to another. */
export interface Move {
  readonly path: string;
  readonly from: FileState | null;
  readonly to: FileState | null;
}
/**
 * Names beside the file, the same each time: what a companion that was killed left is found again by the change alone.
 * `fresh` holds what is about to be put there; `kept` holds on to what was there, until it is sure that it was `from`.
 */
export function besides({ path, from, to }: Move): { fresh: string; kept: string } {
  const id = createHash('sha256')
    .update(`${path}\0${from?.digest}\0${to?.digest}`)
    .digest('hex')
    .slice(0, 16);
  return { fresh: `.progeny-${id}.new`, kept: `.progeny-${id}.old` };
}

/** Removes our own names beside a file. */
export function sweep(folder: AnchoredFolder, names: readonly string[], step: Step): void {
  for (const each of names) {
    const facts = folder.facts(each);
    if (facts === null || facts.isDirectory()) continue;
    step('remove what was left beside it');
    unlinkSync(folder.at(each));
  }
}

/**
 * What a move that was cut off left beside the file: the old file goes back to its name where the name is free, or
 * where somebody had written into it; then it is left to them. Tells why, in words, where it was.
 */
export function mend(folder: AnchoredFolder, name: string, move: Move, step: Step): string | null {
  const { fresh, kept } = besides(move);
  const old = standingAt(folder, kept);
  let why: string | null = null;
  if (old.kind === 'file' && !areOne(folder.facts(name), folder.facts(kept))) {
    const now = standingAt(folder, name);
    const written = !isState(old, move.from);
    if (now.kind === 'nothing' || (written && isState(now, move.to))) {
      step('give the old file its name back');
      renameSync(folder.at(kept), folder.at(name));
      if (written) why = 'It was changed since.';
    } else if (written) why = `It was changed since; what it held before lies in ${kept}.`;
  }
  sweep(folder, why?.includes(kept) ? [fresh] : [fresh, kept], step);
  return why;
}

const areOne = (one: Stats | null, other: Stats | null): boolean =>
  one !== null && other !== null && one.ino === other.ino && one.dev === other.dev;
