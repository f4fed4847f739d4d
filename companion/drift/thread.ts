import { type Learning, nothingLearned, type Scope } from './scope.ts';
import type { DriftParts } from './weights.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A file was worked on. */
export interface Touch {
  readonly at: number;
  readonly file: string;
}

/** An hour with work. */
export interface Window {
  /** ms since the epoch, on the hour. */
  readonly start: number;
  /** Touches by hand that say something of the scope, and those of them outside of it. */
  readonly n: number;
  readonly out: number;
  /** What came of it last. */
  readonly rating: number;
  /** Whether it says by itself that the scope creeps. */
  readonly says: boolean;
}

/** The work on one branch, and the loop that it is for. Plain data of bounded size. */
export interface Thread {
  readonly workspace: string;
  readonly branch: string;
  /** Null: no loop is known for it (yet); nothing is rated then. */
  readonly loop: string | null;
  readonly active: boolean;
  /** When its baseline began: at its first sign, or at a blessing. */
  readonly since: number;
  readonly learning: Learning;
  /** Touches that went into the scope. */
  readonly learned: number;
  readonly commits: number;
  /** Null while it is learned. */
  readonly scope: Scope | null;
  /** The newest last, the current one too. */
  readonly windows: readonly Window[];
  /** Files of the current window: whether they lie outside. */
  readonly files: Readonly<Record<string, boolean>>;
  /** When files were touched last: so that a commit of what was edited does not count twice. */
  readonly recent: Readonly<Record<string, number>>;
  /** Touches so close together that they may be one act of a program. */
  readonly pending: readonly Touch[];
  readonly touchedAt: number;
  /** When it was checked out last; 0 where that was not seen. */
  readonly switchedAt: number;
  /** When its rating was made; 0 before the first. */
  readonly ratedAt: number;
  readonly parts: DriftParts;
  readonly rating: number;
  /** An alert stands until the work was back for a while. */
  readonly alerted: boolean;
}

export const nothingMeasured: DriftParts = {
  magnitude: null,
  conflict: null,
  forecast: null,
  volatility: null,
  age: null,
};

export function newThread(workspace: string, branch: string, since: number): Thread {
  return {
    workspace,
    branch,
    loop: null,
    active: false,
    since,
    learning: nothingLearned,
    learned: 0,
    commits: 0,
    scope: null,
    windows: [],
    files: {},
    recent: {},
    pending: [],
    touchedAt: since,
    switchedAt: 0,
    ratedAt: 0,
    parts: nothingMeasured,
    rating: 0,
    alerted: false,
  };
}

/** A blessing says that what it is now is what it is to be: what comes after is measured against that. */
export function rebase(thread: Thread, at: number): Thread {
  const { workspace, branch, loop, touchedAt } = thread;
  return { ...newThread(workspace, branch, at), loop, touchedAt };
}
