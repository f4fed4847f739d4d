import type { Clock, Logger, Random } from '../kernel/index.ts';
import type { Settings, WheelConflict, WheelOrigin, WheelStep } from '../protocol/index.ts';
import type { Mind, Transaction } from '../store/index.ts';
import type {
  Audit,
  Authority,
  ChangeWriter,
  GitHands,
  Program,
  Programs,
  Recipe,
  Rehearsals,
  Renamer,
  StepContext,
} from './types.ts';

/** Snapshots of folders, as far as a run needs them. */
export interface FolderSnapshots {
  /** Keeps the folder (absolute, links resolved) as it stands. */
  take(root: string, why: string, run: string, signal?: AbortSignal): Promise<{ readonly id: string }>;
  /** What a snapshot does not cover, in words. */
  uncovered(root: string, id: string): Promise<readonly string[]>;
  /** Paths that differ between two of them; of a repository's own state as `.git/HEAD`. */
  differences(root: string, before: string, after: string): Promise<readonly string[]>;
  /** Puts back what differs, wherever the folder is still as `after`. */
  restore(
    root: string,
    before: string,
    after: string,
    what?: {
      /** Only these paths, and nothing of a repository's own state. */
      readonly only?: readonly string[];
      /** But not these. */
      readonly except?: readonly string[];
      /** Whether repositories go back to where they stood, too; default true. */
      readonly repository?: boolean;
    },
  ): Promise<{ readonly restored: readonly string[]; readonly conflicts: readonly WheelConflict[] }>;
}

/** Threads that a run opens. */
export interface LoopHands {
  /** Makes ready to open one in a folder; what it resolves with opens it, and tells its id. */
  prepare(
    root: string,
    workspace: string,
    step: Extract<WheelStep, { tool: 'open_loop' }>,
  ): Promise<(tx: Transaction) => string>;
  /** Takes one back that it opened, wherever it is still open. */
  drop(tx: Transaction, loop: string): void;
}

/** A run as the council gets to know it, before anybody was shown it. */
export interface AskedRun {
  readonly id: string;
  /** The folder, as the store knows it. */
  readonly workspace: string;
  readonly recipe: string;
  readonly origin: WheelOrigin;
  readonly sentence: string;
  /** Files that it would change, and those of them that it would delete. */
  readonly files: number;
  readonly deleted: number;
  /** Whether the project can say afterwards that it works. */
  readonly verified: boolean;
}

/** What others build and a run stands on. */
export interface WheelParts {
  readonly recipes: readonly Recipe[];
  readonly programs: Programs;
  readonly rehearsals: Rehearsals;
  readonly writer: ChangeWriter;
  readonly authority: Authority;
  readonly audit: Audit;
  readonly git: GitHands;
  readonly renamer: Renamer;
  readonly snapshots: FolderSnapshots;
  readonly loops: LoopHands;
}

export interface WheelOptions extends WheelParts {
  readonly mind: Mind;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Where the bytes of runs lie until they are settled. */
  readonly folder: string;
  settings(): Settings['wheel'];
  /** Puts a contested run before the council; the id of its proposal, null where it is not contested. */
  contested?(run: AskedRun, signal: AbortSignal): Promise<string | null>;
  /** Files of a folder that the user is known to have saved since then: a run's programs have not made them what they are. */
  saved?(root: string, since: number): ReadonlySet<string>;
  /** Whether a program of a run may reach the network; left out: none may. */
  network?(program: Program, context: StepContext): boolean;
  /** Told at each point of a run that is worth dying at. For tests. */
  at?(point: string): void;
}
