/**
 * Everything that can be known of an open thread at a date, as its advisers see it. A number, or null for what was
 * not measured or does not apply. Days are of 24 hours and may be fractions; "year" and "quarter" are the 365 and 90
 * days before the date. A thread is a to-do comment, a branch, uncommitted work or another loop; "its files" are
 * the file of the comment, or the files that the branch or the uncommitted work changes.
 */
export interface FateMeasures {
  /** Days since it was written or begun. For a line: since the commit that wrote it (`LoopFacts.writtenAt`). */
  readonly ageDays: number | null;
  /** Days since its files, branch or note were last touched by anyone. */
  readonly idleDays: number | null;

  /** Commits that changed its files in the quarter before. */
  readonly changes90: number | null;
  /** Commits that changed its files in the year before. */
  readonly changes365: number | null;
  /** Commits that changed its files since it was written (`LoopFacts.changesSince`). */
  readonly changesSince: number | null;
  /** Of the lines around the line (fifteen each way), the share that was written in the year before, 0-1. */
  readonly nearbyFresh: number | null;
  /** Days since the newest line around it was written, its own commit not counted. */
  readonly nearbyDays: number | null;

  /** Days since its author last committed anything to the repository. */
  readonly authorIdleDays: number | null;
  /** Commits of its author, anywhere in the repository, in the year before. */
  readonly authorChanges365: number | null;
  /** Commits of its author to its files in the year before. */
  readonly authorHere365: number | null;
  /** Different people who changed its files in the year before. */
  readonly hands365: number | null;

  /** Marked as broken (FIXME) and not as wished for (TODO): 1 or 0. */
  readonly broken: number | null;
  /** Words of its text. */
  readonly words: number | null;
  /** Links to issues, pull requests, decisions or pages, in its text or anchors. */
  readonly links: number | null;
  /** It names who is to do it: 1 or 0. */
  readonly owned: number | null;
  /** Its text waits for something else ("once", "when", "after", "until", a version): 1 or 0. */
  readonly waits: number | null;

  /** Other open threads in the same files. */
  readonly siblings: number | null;
  /** Other threads that the same commit opened, in any file. */
  readonly bornWith: number | null;
  /** Lines of its file. */
  readonly fileLines: number | null;
  /** It lies in tests, documents or examples and not in what ships: 1 or 0. */
  readonly auxiliary: number | null;

  /** Commits to the repository in the year before. */
  readonly repositoryChanges365: number | null;
  /** Of the threads like it that were open here a year or longer before, the share that was done within a year; 0-1. */
  readonly doneHere: number | null;
  /** Of those of about its age (within a factor of two), the share done within a year; 0-1. */
  readonly doneAtAge: number | null;
  /** Of those of its author, the share done within a year; 0-1. */
  readonly doneByAuthor: number | null;
  /** Of those in its folder and below, the share done within a year; 0-1. */
  readonly doneInFolder: number | null;

  /** Files with uncommitted changes (`LoopFacts.uncommittedFiles`). */
  readonly uncommittedFiles: number | null;
  /** Lines inserted and deleted that are not committed yet. */
  readonly uncommittedLines: number | null;
  /** Commits that the branch has and its base has not. */
  readonly ahead: number | null;
  /** Commits that its base has and the branch has not. */
  readonly behind: number | null;
  /** Commits that exist on this machine only. */
  readonly unpushed: number | null;
  /** Files in conflict. */
  readonly conflicts: number | null;
  /** It is what is checked out or worked on now: 1 or 0. */
  readonly current: number | null;
  /** Tests that fail in its files. */
  readonly failingTests: number | null;
  /** What the user gave it: low 0, normal .5, high 1. */
  readonly priority: number | null;
  /** How far it has left its own scope, 0-1. */
  readonly drift: number | null;
}

/** Nothing measured; spread it and fill in what is known. */
export const UNMEASURED: FateMeasures = {
  ageDays: null,
  idleDays: null,
  changes90: null,
  changes365: null,
  changesSince: null,
  nearbyFresh: null,
  nearbyDays: null,
  authorIdleDays: null,
  authorChanges365: null,
  authorHere365: null,
  hands365: null,
  broken: null,
  words: null,
  links: null,
  owned: null,
  waits: null,
  siblings: null,
  bornWith: null,
  fileLines: null,
  auxiliary: null,
  repositoryChanges365: null,
  doneHere: null,
  doneAtAge: null,
  doneByAuthor: null,
  doneInFolder: null,
  uncommittedFiles: null,
  uncommittedLines: null,
  ahead: null,
  behind: null,
  unpushed: null,
  conflicts: null,
  current: null,
  failingTests: null,
  priority: null,
  drift: null,
};

export type FateMeasure = keyof FateMeasures;
