import { CONTEXT_LINES, ENCLOSING_LINES } from './anchor-config.ts';
import { type Clones, clonesOf, NO_CLONES } from './clones.ts';
import { enclosingLines, type FileIndex, indexFile, neighbours } from './file-index.ts';
import { traceOf } from './line-trace.ts';

/** A place in the source, remembered by what it says and by what stands around it. */
export interface LineAnchor {
  /** Relative to the workspace, forward slashes. */
  readonly file: string;
  /** From 1. While `lost`, where it was last seen. */
  readonly line: number;
  /** The line, trimmed, at most 500 characters; '' for a blank line. */
  readonly text: string;
  /** What the line said when the anchor was made. Edits are followed only as long as they resemble it. */
  readonly origin: string;
  /** Up to three lines above that are not blank, trimmed, nearest first. */
  readonly before: readonly string[];
  /** Up to three lines below that are not blank, trimmed, nearest first. */
  readonly after: readonly string[];
  /** Up to three lines above, each indented less than the one before it: block, function, class. */
  readonly enclosing: readonly string[];
  /** Hashes of up to 32 lines above, nearest first, four characters each. */
  readonly above: string;
  /** The same for the lines below. */
  readonly below: string;
  /** Lines of this file that say the same, itself included. */
  readonly copies: number;
  /** Those of them whose surroundings are almost the same too. */
  readonly clones: Clones;
  /** Lines below it, to the end of the file. */
  readonly fromEnd: number;
  /** The text was not found when last looked for. */
  readonly lost: boolean;
}

/**
 * An anchor on `line` (from 1) of a file. Throws RangeError when the line does not exist or `file` is not a
 * path inside the workspace.
 */
export function makeAnchor(fileText: string, line: number, file: string): LineAnchor {
  checkPath(file);
  const index = indexFile(fileText);
  if (!Number.isInteger(line) || line < 1 || line > index.lines.length) {
    throw new RangeError(`line is ${line}, expected an integer from 1 to ${index.lines.length} in ${file}`);
  }
  return anchorAt(index, line, file);
}

/** As `makeAnchor`, unchecked and in a file that is indexed already. `origin` outlives what the line says now. */
export function anchorAt(index: FileIndex, line: number, file: string, origin?: string): LineAnchor {
  const at = line - 1;
  const text = index.lines[at]!;
  const anchor: LineAnchor = {
    file,
    line,
    text,
    origin: origin ?? text,
    before: neighbours(index, at, -1, CONTEXT_LINES),
    after: neighbours(index, at, 1, CONTEXT_LINES),
    enclosing: enclosingLines(index, at, ENCLOSING_LINES).map((i) => index.lines[i]!),
    above: traceOf(index, at, -1),
    below: traceOf(index, at, 1),
    copies: index.places[index.keys[at]!]!.length,
    clones: NO_CLONES,
    fromEnd: index.lines.length - line,
    lost: false,
  };
  return anchor.copies > 1 ? { ...anchor, clones: clonesOf(anchor, index) } : anchor;
}

function checkPath(file: string): void {
  // A backslash is a letter of a name on one system and a separator on another: it must be safe as both.
  const parts = file.split(/[/\\]/);
  const inside = parts.every((part) => part !== '' && part !== '.' && part !== '..');
  if (inside && !file.includes('\0') && !/^[A-Za-z]:[/\\]/.test(file)) return;
  throw new RangeError(
    `file is ${JSON.stringify(file)}, expected a path relative to the workspace with forward slashes`,
  );
}
