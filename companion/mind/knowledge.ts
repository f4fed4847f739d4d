import type { Brief, Decision, Loop, MemoryRecord, Whisper } from '../protocol/index.ts';

/** A commit as the repository tells it. */
export interface KnownCommit {
  readonly commit: string;
  readonly subject: string;
  readonly author: string;
  readonly at: number;
}

/** A note in the code. */
export interface KnownTodo {
  readonly file: string;
  readonly line: number;
  /** "TODO" and the like. */
  readonly tag: string;
  readonly text: string;
  readonly writtenAt: number | null;
  readonly commit: string | null;
  readonly changesSince: number;
}

/** Work that no commit holds yet. */
export interface KnownEdits {
  readonly files: readonly string[];
  /** First changed lines. */
  readonly places: readonly { readonly file: string; readonly line: number }[];
  readonly since: number | null;
}

/** A branch and which files it changes. */
export interface KnownBranch {
  readonly name: string;
  readonly commit: string;
  readonly files: readonly string[];
  readonly ahead: number | null;
  readonly touchedAt: number;
}

/** A record, and the whisper or decision that it stands for. */
export interface Remembered {
  readonly record: MemoryRecord;
  readonly mirrors: string | null;
}

/**
 * All that an answer may be made of. Whoever implements it leaves out altogether what may not be seen through the door
 * that the question came by. Nothing here writes.
 */
export interface Knowledge {
  /** The folder that is asked about; null: all of them. */
  readonly workspace: string | null;
  /** Where the user is; null without a folder, or while nothing has been read of it. */
  brief(): Promise<Brief | null>;
  /** What is open, nearest first. */
  loops(): readonly Loop[];
  /** Notes, the newest first. */
  whispers(): readonly Whisper[];
  decisions(): readonly Decision[];
  /** What speaks to the question, best first, without what was answered in conversations like this one. */
  recall(question: string, limit: number): Promise<readonly Remembered[]>;
  todos(): readonly KnownTodo[];
  edits(): KnownEdits | null;
  branches(): readonly KnownBranch[];
  /** Commits whose message has one of the words, or that changed the file; the newest first. */
  commits(
    search: { words?: readonly string[]; file?: string },
    signal?: AbortSignal,
  ): Promise<readonly KnownCommit[]>;
  /** Whether a loop is private: what is tied to it never leaves this machine. */
  isPrivate(loop: string): boolean;
  /** A line of a file as it stands now: null where the file is gone, without the line where that is. */
  standing(
    workspace: string,
    file: string,
    line: number | undefined,
  ): Promise<{ file: string; line?: number } | null>;
}
