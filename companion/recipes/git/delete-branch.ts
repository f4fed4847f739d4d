import type { GitUndo, Intend } from '../../agency/index.ts';
import { type Repository, readDefaultBranch, readLanding } from '../../git/index.ts';
import { notNow } from '../refusals.ts';
import { branchRef } from './branch.ts';
import { refAt, write } from './repository-at.ts';

/** Every work tree's own HEAD and what it rebases or bisects; git says so itself. */
async function checkedOut(repository: Repository, ref: string): Promise<string | null> {
  const { output } = await write(repository, ['worktree', 'list', '--porcelain']);
  for (const block of output.toString('utf8').split('\n\n')) {
    const lines = block.split('\n');
    if (lines.includes(`branch ${ref}`)) return lines[0]!.slice('worktree '.length);
  }
  return null;
}

/** The ref that a name means: a branch of here, or of a remote as last fetched. Throws `conflict`. */
async function into(repository: Repository, name: string): Promise<string> {
  for (const ref of [`refs/heads/${name}`, `refs/remotes/${name}`])
    if (!name.startsWith('-') && (await refAt(repository, ref)) !== null) return ref;
  throw notNow(`There is no branch "${name}" that the work could be in. Plan anew.`);
}

/**
 * Lets a branch go that still stands at `at` and whose work is all in another. Never the current one, the default one
 * or one that another work tree has checked out. Its settings (`branch.NAME.*`) stay. Throws `conflict`, `GitError`.
 */
export async function deleteBranch(
  repository: Repository,
  name: string,
  at: string,
  mergedInto: string,
  intend?: Intend,
): Promise<GitUndo> {
  const ref = await branchRef(repository, name);
  const stands = await refAt(repository, ref);
  if (stands === null) throw notNow(`The branch "${name}" is not there any more.`);
  if (stands !== at)
    throw notNow(`"${name}" stands at ${stands.slice(0, 7)} now, not at ${at.slice(0, 7)}. Plan anew.`);
  const where = await checkedOut(repository, ref);
  if (where !== null) throw notNow(`"${name}" is checked out at ${where}, so it stays.`);
  const main = await readDefaultBranch(repository);
  if (main?.name === name || mergedInto === name)
    throw notNow(`"${name}" is the branch that work is measured against, so it stays.`);
  if ((await readLanding(repository, await into(repository, mergedInto), ref)) === 'open')
    throw notNow(`"${name}" has work that is not in "${mergedInto}", so it stays.`);
  const undo: GitUndo = { refs: [{ ref, before: at, after: null }] };
  intend?.(undo);
  await write(repository, ['update-ref', '--no-deref', '-d', ref, at]);
  return undo;
}
