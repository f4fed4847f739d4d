/**
 * All reading of repositories. Nothing here writes, runs a program that a repository names, reaches a network
 * or waits without end; every reader takes an `AbortSignal` and throws `GitError`.
 */
export { isDenied } from '../kernel/index.ts';
export { blameLines } from './blame.ts';
export type { BlamedLine } from './blame-parser.ts';
export { type Branch, type Branches, type BranchesOptions, readBranches } from './branches.ts';
export { type ChangedPlace, readChangedPlaces } from './changed-places.ts';
export { type Churn, type ChurnOptions, type FileChurn, readChurn } from './churn.ts';
export type { Commit } from './commit-log.ts';
export { type CommitMessage, type CommitMessages, readCommitMessages } from './commit-messages.ts';
export { type CommitStats, type CommitStatsOptions, readCommitStats } from './commit-stats.ts';
export {
  type Movement,
  type RecentCommitsOptions,
  readCommitsBetween,
  readRecentCommits,
} from './commits.ts';
export { type DefaultBranch, readDefaultBranch } from './default-branch.ts';
export type { Divergence } from './divergence.ts';
export { GitError, type GitErrorKind, isGitError } from './errors.ts';
export { type FileText, readFileAt } from './file-at.ts';
export type { FileHistories, FileVersion } from './file-history.ts';
export { isForeign } from './foreign-paths.ts';
export { type Head, readHead, shortName } from './head.ts';
export { type Author, type Identity, isOwn, readIdentity, wholeName } from './identity.ts';
export { type Landing, readLanding } from './landed.ts';
export { type NoteOriginsOptions, readNoteOrigins } from './note-origins.ts';
export { type Operation, readOperation } from './operation.ts';
export { type FindGitOptions, findGit } from './program.ts';
export { type Rename, type Renames, type RenamesOptions, readRenames } from './renames.ts';
export { atOnce, openRepository, type Repository } from './repository.ts';
export type { Revision } from './revision.ts';
export { type GitCall, type GitProgram, runGit } from './run.ts';
export { readStashes, type Stash } from './stashes.ts';
export { readStatus, type Status, type StatusOptions } from './status.ts';
export type { Capped, Change, ChangeKind, Conflict, StatusEntries } from './status-parser.ts';
export { findTodo, type TodoMarker } from './todo-comment.ts';
export { readTodos, readTodosOfFolder, type Todo, type Todos, type TodosOptions } from './todos.ts';
export { readTracked } from './tracked.ts';
export { readUncommittedLines, type UncommittedLines } from './uncommitted-lines.ts';
export { readUnpushed, type Unpushed, type UnpushedBranches } from './unpushed.ts';
