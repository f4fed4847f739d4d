import type { ChangeSet, FileEdit } from '../agency/index.ts';
import type { WheelConflict } from '../protocol/index.ts';
import { foldCase, linkRefusal, refusalOf } from './path-rules.ts';
import { ScopeError } from './scope-error.ts';

const MODES = new Set(['100644', '100755', '120000']);
/** A link's target is not longer than a path. */
const LONGEST_TARGET = 4096;

/**
 * What is wrong with a change set by itself, before anything is looked at on the disk. Throws `ScopeError` for the first
 * edit that asks for more than is allowed.
 */
export async function checkEdits(changes: ChangeSet): Promise<WheelConflict[]> {
  const conflicts: WheelConflict[] = [];
  for (const edit of changes.edits) {
    const refusal = refusalOf(edit.path) ?? (await refusalOfContent(edit, changes));
    if (refusal?.breach) throw new ScopeError(edit.path, refusal.why, true);
    if (refusal) conflicts.push({ path: edit.path, why: refusal.why });
  }
  return [...conflicts, ...clashes(changes.edits)];
}

async function refusalOfContent({ path, before, after }: FileEdit, changes: ChangeSet) {
  for (const state of [before, after])
    if (state && !MODES.has(state.mode))
      return {
        why: `It is neither a file nor a link (mode ${state.mode}), such as a submodule.`,
        breach: false,
      };
  if (after?.mode !== '120000') return null;
  if (after.bytes > LONGEST_TARGET) return { why: 'It is a link that leads nowhere.', breach: false };
  return linkRefusal(path, (await changes.load(after.digest)).toString('utf8'));
}

/** Paths that cannot stand beside each other: twice the same, one below the other, or the same but for case. */
function clashes(edits: readonly FileEdit[]): WheelConflict[] {
  const conflicts: WheelConflict[] = [];
  const seen = new Set<string>();
  for (const { path } of edits) {
    if (seen.has(path)) conflicts.push({ path, why: 'It is named twice.' });
    seen.add(path);
  }
  const after = edits.filter((edit) => edit.after !== null);
  const standing = new Set(after.map(({ path }) => path));
  const folded = new Map<string, FileEdit>();
  for (const edit of after) {
    const above = foldersAbove(edit.path).find((folder) => standing.has(folder));
    if (above !== undefined)
      conflicts.push({ path: edit.path, why: `${JSON.stringify(above)} would be a file.` });
    const other = folded.get(foldCase(edit.path));
    if (other && other.path !== edit.path && (edit.before === null || other.before === null))
      conflicts.push({ path: edit.path, why: `It is ${JSON.stringify(other.path)} but for case.` });
    folded.set(foldCase(edit.path), edit);
  }
  return conflicts;
}

/** `a/b/c`: `a`, `a/b`. */
export function foldersAbove(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(0, -1).map((_, i) => parts.slice(0, i + 1).join('/'));
}

/**
 * In which order files are written: what has to make way first, then what is added and changed, then what goes. So a
 * move never leaves a moment without the bytes, but where one name has to make way for the other.
 */
export function inOrder(edits: readonly FileEdit[]): FileEdit[] {
  const added = edits.filter(({ after }) => after !== null);
  const names = new Set(added.map(({ path }) => foldCase(path)));
  const folders = new Set(added.flatMap(({ path }) => foldersAbove(path).map(foldCase)));
  const makesWay = ({ path, after }: FileEdit): boolean =>
    after === null &&
    (names.has(foldCase(path)) ||
      folders.has(foldCase(path)) ||
      foldersAbove(path).some((folder) => names.has(foldCase(folder))));
  const rank = (edit: FileEdit): number => (makesWay(edit) ? 0 : edit.after !== null ? 1 : 2);
  return [...edits].sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1));
}
