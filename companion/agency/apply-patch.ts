import { applyPatch as applyHunks, parsePatch, type StructuredPatch } from 'diff';
import { ProgenyError } from '../protocol/index.ts';

/** What a patch does to one file. */
export interface PatchedFile {
  /** Where it is read; null for a new file. */
  readonly from: string | null;
  /** Where it stands afterwards; null where it is deleted. */
  readonly to: string | null;
  /** `from` goes away. */
  readonly gone: boolean;
  /** Null where the patch does not say. */
  readonly executable: boolean | null;
  /** The text afterwards. Throws `conflict` where the text before is another than the patch was made for. */
  apply(text: string): string;
}

/** The files of a unified diff, as `git diff` writes it. Throws `bad_input` for what is none. Pure. */
export function readPatch(diff: string): PatchedFile[] {
  if (/^(?:GIT binary patch|Binary files .* differ)$/m.test(diff))
    throw bad('It changes a file that is no text, and such a patch cannot be applied here.');
  let patches: StructuredPatch[];
  try {
    patches = parsePatch(diff);
  } catch (error) {
    throw bad(`It cannot be read: ${(error as Error).message.split('\n')[0]}.`);
  }
  const files = patches.filter(isOne).map(fileOf);
  if (files.length === 0)
    throw bad('Nothing in it is a change: it has neither "@@" nor the name of a file that moves.');
  return files;
}

/** Text without any change in it is parsed as a patch without names. */
function isOne(patch: StructuredPatch): boolean {
  return patch.hunks.length > 0 || patch.isGit === true || named(patch.newFileName) !== null;
}

function fileOf(patch: StructuredPatch): PatchedFile {
  const from = patch.isCreate ? null : named(patch.oldFileName);
  const to = patch.isDelete ? null : named(patch.newFileName);
  if (from === null && to === null) throw bad('It names no file.');
  const mode = patch.newMode ?? null;
  return {
    from,
    to,
    gone: from !== null && from !== to && patch.isCopy !== true,
    executable: to === null || mode === null ? null : mode === '100755',
    apply(text) {
      // Nothing is guessed: where the text is not the one that the patch was made for, it does not apply.
      const patched = patch.hunks.length === 0 ? text : applyHunks(text, patch, { fuzzFactor: 0 });
      if (patched !== false) return patched;
      throw new ProgenyError(
        'conflict',
        `The patch does not fit ${from ?? to}: the file has another text than the one that it was made for.`,
      );
    },
  };
}

/** "a/src/x.ts" → "src/x.ts"; null for /dev/null and nothing. */
function named(name: string | undefined): string | null {
  if (name === undefined || name === '' || name === '/dev/null') return null;
  return name.replace(/^[ab]\//, '');
}

function bad(why: string): ProgenyError {
  return new ProgenyError(
    'bad_input',
    `The patch: expected a unified diff as \`git diff\` writes it. ${why}`,
  );
}
