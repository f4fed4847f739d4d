/** A project of the demo's person. */
export interface Project {
  readonly name: ProjectName;
  /** What it is, in one sentence. */
  readonly about: string;
  /** Files that its repository begins with, by path. */
  readonly files: Readonly<Record<string, string>>;
  /** Facts about it, each in the order in which they replaced each other. */
  readonly facts: readonly Fact[];
}

export type ProjectName = 'tern' | 'harbor' | 'packrat' | 'handbook';

/** What held, and what came to hold instead; `from` as a share of the half year, 0 to 1. */
export interface Fact {
  readonly about: string;
  readonly held: readonly { readonly from: number; readonly text: string }[];
}

/** A piece of work, with what was said about it while it went on. Sentences are whole and hold no dates. */
export interface Thread {
  readonly branch: string;
  /** Its name where it is a loop that was opened by hand. */
  readonly title: string;
  /** The first is what it is mostly about. */
  readonly files: readonly [string, ...string[]];
  readonly symptom: string;
  readonly cause: string;
  readonly fix: string;
  readonly lesson: string;
  readonly question: string;
  readonly answer: string;
  /** What a colleague said of it. */
  readonly remark: string;
  readonly figure: string;
  /** Subjects of its commits, in order. */
  readonly commits: readonly [string, ...string[]];
  readonly decision?: {
    readonly question: string;
    readonly options: readonly [string, string, ...string[]];
    readonly choice: number;
    readonly why: string;
  };
  /** How it ended; left out: merged. */
  readonly end?: 'dropped' | 'stale' | 'open';
}
