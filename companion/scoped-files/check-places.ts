import type { FileEdit } from '../agency/index.ts';
import type { WheelConflict } from '../protocol/index.ts';
import { AnchoredFolder, type Anchoring } from './anchored-folder.ts';
import { isState, type Standing, standingAt } from './file-state.ts';
import { foldCase } from './path-rules.ts';
import { withFolder } from './scope.ts';
import { ScopeError } from './scope-error.ts';

/**
 * Which edits the folder has something in the way of. Throws `ScopeError` where a link leads out of it.
 */
export function checkPlaces(
  root: string,
  edits: readonly FileEdit[],
  anchoring: Anchoring,
  signal: AbortSignal,
): WheelConflict[] {
  const going = new Set(edits.filter(({ after }) => after === null).map(({ path }) => path));
  const conflicts: WheelConflict[] = [];
  for (const edit of edits) {
    signal.throwIfAborted();
    const why = whyNot(root, edit, going, anchoring);
    if (why !== null) conflicts.push({ path: edit.path, why });
  }
  return conflicts;
}

function whyNot(
  root: string,
  { path, before, after }: FileEdit,
  going: ReadonlySet<string>,
  anchoring: Anchoring,
): string | null {
  const parts = path.split('/');
  const name = parts.pop()!;
  let folder: AnchoredFolder | null = AnchoredFolder.root(root, anchoring);
  try {
    for (const part of parts) {
      const parent: AnchoredFolder = folder;
      if (before === null) {
        const other = likeIt(parent, part, going);
        if (other !== null)
          return `The folder ${JSON.stringify(other)} is there, which differs in case only.`;
      }
      // A file that the same change takes away makes way for a folder.
      if (before === null && going.has(below(parent, part))) return null;
      folder = parent.child(part);
      parent.close();
      if (folder === null) return before === null ? null : 'It is not there any more.';
    }
    const standing = standingAt(folder, name);
    if (standing.kind === 'folder' && before === null)
      return after !== null && allGoing(folder, name, going) ? null : 'A folder stands there.';
    if (before === null && standing.kind === 'nothing') {
      const other = likeIt(folder, name, going);
      if (other !== null) return `${JSON.stringify(other)} is there, which differs in case only.`;
    }
    return isState(standing, before) ? null : whyNotState(standing, before !== null);
  } catch (error) {
    if (error instanceof ScopeError && !error.breach)
      return error.message.slice(error.message.indexOf(': ') + 2);
    throw error;
  } finally {
    folder?.close();
  }
}

export function whyNotState(standing: Standing, expected: boolean): string {
  if (standing.kind === 'nothing') return 'It is not there any more.';
  if (standing.kind === 'other') return standing.why;
  if (standing.kind === 'folder') return 'A folder stands there now.';
  return expected ? 'It was changed since.' : 'Something else was put there since.';
}

/** Another name in the folder that would be the same where case does not count. */
function likeIt(folder: AnchoredFolder, name: string, going: ReadonlySet<string>): string | null {
  const folded = foldCase(name);
  const names = folder.names();
  if (names.includes(name)) return null;
  return names.find((other) => foldCase(other) === folded && !going.has(below(folder, other))) ?? null;
}

/** Whether all that stands in a folder goes with the same change. */
function allGoing(parent: AnchoredFolder, name: string, going: ReadonlySet<string>): boolean {
  const folder = parent.child(name);
  if (!folder) return true;
  try {
    return folder
      .names()
      .every(
        (each) =>
          going.has(below(folder, each)) ||
          (folder.facts(each)?.isDirectory() && allGoing(folder, each, going)),
      );
  } finally {
    folder.close();
  }
}

const below = ({ place }: AnchoredFolder, name: string): string => (place === '' ? name : `${place}/${name}`);

/** Opens the folder of a path; null where it is not there. */
export function withParent<T>(
  root: string,
  path: string,
  anchoring: Anchoring,
  use: (folder: AnchoredFolder | null, name: string) => T,
): T {
  const parts = path.split('/');
  return withFolder(root, parts.slice(0, -1), anchoring, (folder) => use(folder, parts.at(-1)!));
}
