import { parsePatch, type StructuredPatch, type StructuredPatchHunk } from 'diff';

/** A file of a unified or git patch. */
export interface FilePatch {
  /** Null: the file is new. */
  readonly from: string | null;
  /** Null: the file goes. */
  readonly to: string | null;
  readonly hunks: readonly Hunk[];
  /** As git has it: 100644, 100755, 120000, 160000; null where the patch says nothing. */
  readonly mode: string | null;
  readonly binary: boolean;
}
export interface Hunk {
  /** As the patch writes it, to name it: "@@ -1,4 +1,5 @@". */
  readonly header: string;
  /** 1-based line of the old file where it says that it begins. */
  readonly at: number;
  readonly lines: readonly HunkLine[];
}
export interface HunkLine {
  readonly kind: ' ' | '-' | '+';
  /** Without the line's end; `bare`: there is no newline after it, at the end of the file. */
  readonly text: string;
  readonly bare: boolean;
}

/** A text that is no patch, in words that follow "this is no patch that can be applied: ". */
export class PatchError extends Error {
  override readonly name = 'PatchError';
}

/** Reads unified diffs, as `diff -u`, `git diff` and `git format-patch` write them. Throws `PatchError`. Pure. */
export function readPatch(text: string): FilePatch[] {
  const files = parsed(text.replace(/^\ufeff/, '')).flatMap((patch) => fileOf(patch) ?? []);
  if (files.length === 0) throw new PatchError('it holds no file header ("--- a/…" and "+++ b/…")');
  // The reader knows only the words that stand in the place of binary content.
  return /^GIT binary patch$/m.test(text) ? files.map(orBinary) : files;
}

function parsed(text: string): StructuredPatch[] {
  try {
    return parsePatch(text);
  } catch (error) {
    throw new PatchError((error as Error).message.split('\n')[0]!.slice(0, 200));
  }
}

function fileOf(patch: StructuredPatch): FilePatch | null {
  const names = [patch.oldFileName, patch.newFileName];
  if (names.every((name) => name === undefined)) {
    if (patch.hunks.length > 0)
      throw new PatchError('a hunk stands there without the file that it belongs to');
    if (patch.isGit) throw new PatchError('it names no file on either side');
    // Words around a patch.
    return null;
  }
  if (patch.isCopy) throw new PatchError('it copies a file, which cannot be applied here');
  const isGit = patch.isGit === true;
  const from = patch.isCreate ? null : pathOf(patch.oldFileName, isGit);
  const to = patch.isDelete ? null : pathOf(patch.newFileName, isGit);
  if (from === null && to === null) throw new PatchError('it names no file on either side');
  return {
    from,
    to,
    hunks: patch.hunks.map(hunkOf),
    mode: patch.newMode ?? null,
    binary: patch.isBinary === true,
  };
}

/** "a/src/x.ts" → "src/x.ts"; null for what is not there. */
function pathOf(name: string | undefined, isGit: boolean): string | null {
  if (name === undefined || name === '' || name === '/dev/null') return null;
  return name.replace(isGit ? /^[abciwo]\// : /^[ab]\//, '');
}

function hunkOf({ oldStart, oldLines, newStart, newLines, lines }: StructuredPatchHunk): Hunk {
  const side = (start: number, count: number) => (count === 1 ? `${start}` : `${start},${count}`);
  const read: HunkLine[] = [];
  for (const line of lines) {
    const last = read.at(-1);
    if (!line.startsWith('\\')) read.push({ kind: kindOf(line), text: line.slice(1), bare: false });
    else if (last) read[read.length - 1] = { ...last, bare: true };
  }
  return {
    header: `@@ -${side(oldStart, oldLines)} +${side(newStart, newLines)} @@`,
    // The reader counts a side without lines from the one behind it.
    at: oldLines === 0 ? oldStart - 1 : oldStart,
    lines: read,
  };
}

/** Some editors strip the blank of an empty line of context. */
function kindOf(line: string): HunkLine['kind'] {
  return line.startsWith('-') ? '-' : line.startsWith('+') ? '+' : ' ';
}

function orBinary(file: FilePatch): FilePatch {
  return { ...file, binary: file.binary || file.hunks.length === 0 };
}
