/**
 * What one reading of a repository found: plain data, kept with the workspace, from which loops are detected
 * and the brief is written. Times in ms since the epoch; paths relative to the workspace, forward slashes.
 */
export interface Scan {
  at: number;
  /** Null while detached; the name also while unborn. */
  branch: string | null;
  commit: string | null;
  defaultBranch: string | null;
  hasRemote: boolean;
  /** A merge, rebase, cherry-pick, revert or bisect that waits to be finished. */
  operation: { kind: string; step: number | null; of: number | null } | null;
  branches: ScannedBranch[];
  uncommitted: Uncommitted | null;
  stashes: ScannedStash[];
  todos: ScannedTodo[];
  /** The newest commit by this user (else by anyone, `own` false) on any local branch. */
  last: ScannedCommit | null;
  /** Newest commits of the default branch, newest first. */
  recent: ScannedCommit[];
  /** What came to the default branch since the point the caller asked about; null when nothing was asked. */
  moved: Movement | null;
  /** What could not be read, in words. */
  notes: string[];
}

export interface ScannedCommit {
  commit: string;
  subject: string;
  author: string;
  own: boolean;
  at: number;
  /** First changed line of files that it touched and that still exist; a few. */
  places: Place[];
  /** All files that it changed; absent where that was not read, or where they are many. */
  files?: string[];
}

export interface Place {
  file: string;
  line: number;
}

export interface ScannedBranch {
  name: string;
  commit: string;
  current: boolean;
  author: string;
  own: boolean;
  subject: string;
  touchedAt: number;
  /** Commits that the default branch does not have, and the other way round; null where not counted. */
  ahead: number | null;
  behind: number | null;
  /** Commits on no remote, and the oldest of their times; null without a remote. */
  unpushed: number | null;
  unpushedSince: number | null;
  /** Files that differ from the default branch; a bounded list. */
  files: string[];
}

export interface Uncommitted {
  /** Number of files in all. */
  total: number;
  staged: number;
  untracked: number;
  conflicts: number;
  insertions: number;
  deletions: number;
  /** When the oldest of these changes was last saved. */
  since: number | null;
  /** When the newest of them was. */
  touchedAt: number | null;
  /** First changed lines; a few. */
  places: Place[];
  files: string[];
}

export interface ScannedStash {
  commit: string;
  name: string;
  branch: string | null;
  message: string;
  at: number;
  files: number;
}

export interface ScannedTodo {
  file: string;
  line: number;
  tag: 'TODO' | 'FIXME' | 'HACK' | 'XXX';
  text: string;
  author: string | null;
  own: boolean;
  /** Whether it is known when the line was written: not every note is traced, that is dear. */
  dating: 'dated' | 'uncommitted' | 'unknown';
  /** When and by which commit the line was written; null unless dated. */
  writtenAt: number | null;
  commit: string | null;
  /** Commits that changed the file since; of the file's recent history where it is not dated. */
  changesSince: number;
  /** When the file was last changed by a commit. */
  fileTouchedAt: number | null;
}

export interface Movement {
  commits: number;
  /** Most first. */
  authors: { author: string; commits: number }[];
  newest: ScannedCommit | null;
  /** Commits that touch files which a branch of the user or uncommitted work also changes. */
  overlaps: { commit: string; subject: string; file: string; with: string }[];
}
