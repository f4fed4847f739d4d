import type { Recipe } from '../agency/index.ts';
import type { GitProgram } from '../git/index.ts';
import { applyPatch } from './apply-patch.ts';
import { changelog } from './changelog.ts';
import { cleanBranches } from './clean-branches.ts';
import { collectFailures, type OpenThread } from './collect-failures.ts';
import { fixLint } from './fix-lint.ts';
import { moveFile, rename } from './rename.ts';
import { todoBranch } from './todo-branch.ts';

export { changeStep } from './change-step.ts';
export { findLanded, type Landed } from './clean-branches.ts';
/** Named pieces of work that need no model, how a project verifies itself, hands for git, and what a plan may hold. */
export type { OpenThread } from './collect-failures.ts';
export { gitHands } from './git-hands.ts';
export { toolsAsked } from './plan/asked.ts';
export {
  type Checked,
  checkDrafted,
  type Drafted,
  type DraftWorld,
  MOST_STEPS,
  type Refusal,
  refusalLines,
} from './plan/check-draft.ts';
export { applyEdits, type Edit } from './plan/edits.ts';
export { knownCommands } from './plan/known-commands.ts';
export { destinationOf, sentenceOf } from './plan/sentence.ts';
export { findVerification } from './verify.ts';

export interface RecipeParts {
  /** Throws `GitError` where there is no git. */
  git(): Promise<GitProgram>;
  /** Threads that are open in a folder. */
  openThreads(root: string): readonly OpenThread[];
}

/** All recipes, in the order in which they are offered. */
export function recipes({ git, openThreads }: RecipeParts): readonly Recipe[] {
  return [
    fixLint,
    applyPatch,
    rename,
    moveFile,
    todoBranch(git),
    cleanBranches(git),
    changelog(git),
    collectFailures(openThreads),
  ];
}
