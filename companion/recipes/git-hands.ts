import type { GitHands } from '../agency/index.ts';
import type { GitProgram } from '../git/index.ts';
import { makeBranch } from './git/branch.ts';
import { commitPaths } from './git/commit.ts';
import { deleteBranch } from './git/delete-branch.ts';
import { repositoryAt } from './git/repository-at.ts';
import { takeBack } from './git/take-back.ts';
import { inGit } from './refusals.ts';

/**
 * Hands for the user's repository: refs by compare-and-swap, never forced, never pushed; no hook, filter, editor or
 * signature runs. Paths of commits are relative to `root`, which may lie below the repository's top.
 */
export function gitHands(program: () => Promise<GitProgram>): GitHands {
  const at = async (root: string) => repositoryAt(await program(), root);
  return {
    branch: (root, name, intend) => inGit(async () => makeBranch((await at(root)).repository, name, intend)),
    commit: (root, branch, message, paths, intend) =>
      inGit(async () => {
        const { repository, prefix } = await at(root);
        const fromTop = [...new Set(paths)].map((path) => (prefix === '' ? path : `${prefix}/${path}`));
        return commitPaths(repository, branch, message, fromTop, intend);
      }),
    deleteBranch: (root, name, commit, mergedInto, intend) =>
      inGit(async () => deleteBranch((await at(root)).repository, name, commit, mergedInto, intend)),
    takeBack: (root, undo) => inGit(async () => takeBack((await at(root)).repository, undo)),
  };
}
