import type {
  WheelCapability,
  WheelConflict,
  WheelOrigin,
  WheelRecipe,
  WheelReview,
  WheelStep,
} from '../protocol/index.ts';
import type { Transaction } from '../store/index.ts';

/**
 * How the parts of delegated work meet. A plan's steps are carried out on a copy of the folder (the rehearsal); what
 * differs there afterwards is the change set that a person sees. Acting writes exactly that change set into the folder,
 * file by file, each only where the folder still has what the rehearsal began with; then what concerns branches and
 * loops, then the verification, which is the only program that runs in the folder itself.
 */

/** What is to be done. */
export interface Plan {
  /** In one sentence: "Fix 14 lint errors in 6 files with eslint --fix." */
  readonly sentence: string;
  /** Where it leads: "in your working tree, not committed". */
  readonly destination: string;
  readonly steps: readonly WheelStep[];
  /** The project's own test or build command; null: there is none, and the report says that nothing was verified. */
  readonly verify: Program | null;
  /** Said in the report besides what was done. */
  readonly review?: readonly WheelReview[];
  /**
   * Steps that were asked for and are not allowed, each with its reason (a model's plan). Where there is one, nothing
   * of the plan is carried out: the run is refused, and its report lists them under `review`.
   */
  readonly refused?: {
    readonly reasons: readonly WheelReview[];
    /** Whether one of them asked for more than any contract allows, which costs trust. */
    readonly breach: boolean;
  };
}

/** A program with its arguments. Never a shell string. */
export interface Program {
  readonly argv: readonly string[];
  /** Relative to the root, '' for the root itself. */
  readonly folder: string;
}

/** A file's state: permission bits with type as git has it (100644, 100755, 120000), and its bytes' SHA-256. */
export interface FileState {
  readonly mode: string;
  readonly digest: string;
  readonly bytes: number;
}
/** One file that a run changes. `path`: relative, forward slashes, UTF-8. */
export interface FileEdit {
  readonly path: string;
  /** Null: there is no file before, or none after. */
  readonly before: FileState | null;
  readonly after: FileState | null;
}
/** All that a run changes in files. */
export interface ChangeSet {
  readonly edits: readonly FileEdit[];
  /** The bytes of a state, by digest. */
  load(digest: string): Promise<Buffer>;
}

/** How a program ended. */
export interface ProgramResult {
  readonly code: number | null;
  readonly ended: 'exit' | 'timeout' | 'output' | 'processes' | 'stopped' | 'not_started';
  /** The last of what it wrote to both streams, at most 64 KiB, as text. */
  readonly output: string;
  readonly ms: number;
  /** Processes that had outlived it and were killed. */
  readonly killed: number;
}
export interface RunProgramOptions {
  /** Absolute, links resolved: what the program may write. */
  readonly root: string;
  readonly network: boolean;
  readonly signal: AbortSignal;
  /** Folders that it sees elsewhere than where they are: a rehearsal in the place of the folder itself. */
  readonly instead?: { readonly of: string; readonly by: string };
}
/** Runs programs with limits, contained where the system can. Made by the room `processes`. */
export interface Programs {
  run(program: Program, options: RunProgramOptions): Promise<ProgramResult>;
  /** In words: "contained by bubblewrap: …" or "not contained: …". */
  readonly containment: string;
}

/** A copy of a folder on which a plan is carried out first. Made by the room `snapshots`. */
export interface Rehearsal {
  readonly folder: string;
  /** Snapshot of the folder that it began with. */
  readonly base: string;
  /** What differs from what it began with. May be called again. */
  changes(signal: AbortSignal): Promise<ChangeSet>;
  dispose(): Promise<void>;
}
export interface Rehearsals {
  /**
   * A copy of `root` as it stands. `paths`: only these files (and those that the plan makes), for plans that run no
   * program. Throws `too_large` with the limit's setting where it is more than may be copied.
   */
  prepare(root: string, options: { paths?: readonly string[]; signal: AbortSignal }): Promise<Rehearsal>;
}

/** Writes change sets; made by the room `scoped-files`. */
export interface ChangeWriter {
  /**
   * Writes each file that the folder still has as `before` says, atomically, never through a link. Tells each file
   * before it is touched and after (the journal of the run). Resolves with the files that were in the way: if there is
   * one, nothing was written.
   */
  apply(root: string, changes: ChangeSet, journal: ApplyJournal): Promise<readonly WheelConflict[]>;
  /** Puts `before` back wherever the folder still has `after`; tells what it left. */
  takeBack(root: string, changes: ChangeSet): Promise<readonly WheelConflict[]>;
}
export interface ApplyJournal {
  readonly signal: AbortSignal;
  /** Called before the first byte of a file is written, and when it stands. */
  writing(path: string): void;
  written(path: string): void;
}

/** Whether something may be done now. */
export type Leave =
  | { readonly allowed: true; readonly by: 'tier' | 'click' | 'grant' | 'silence'; readonly grant?: string }
  /** `click`: whether a person's yes to the preview would allow it. `breach`: it asked for more than any contract allows. */
  | { readonly allowed: false; readonly why: string; readonly click: boolean; readonly breach: boolean };

/** A person's yes to one preview. */
export interface Click {
  readonly digest: string;
  /** The connection that was shown the preview and said yes. */
  readonly connection: string;
  readonly files: readonly string[] | null;
}

/** On whose behalf and with which leave a step would be taken. */
export interface StepContext {
  readonly run: string;
  readonly workspace: string;
  readonly origin: WheelOrigin;
  /** The preview as it stands. */
  readonly digest: string | null;
  readonly click: Click | null;
  /** Silence while the countdown was in sight, to the end, of exactly this preview. */
  readonly silence: boolean;
  /** A rehearsal changes nothing; it needs less. */
  readonly real: boolean;
  /** False: no step before it changed the copy. Left out counts as true: what a plan wrote may be what a program runs. */
  readonly changed?: boolean;
}

/** What a step is about, as far as leave goes. */
export interface StepNeed {
  readonly capability: WheelCapability;
  /** Relative paths that it writes. */
  readonly paths: readonly string[];
  readonly argv: readonly string[] | null;
}

/** Asked anew before each step, real or rehearsed. Made by `authority.ts` on tier, grants and trust of the folder. */
export interface Authority {
  mayStep(step: WheelStep, context: StepContext): Leave;
  /** The verification is a program that runs for real. */
  mayVerify(program: Program, context: StepContext): Leave;
  /** Writing the change set into the folder. */
  mayApply(paths: readonly string[], context: StepContext): Leave;
  /** Whether silence would do for this run as it stands, by which leave, and if not, why it waits for a click. */
  maySilence(
    needs: readonly StepNeed[],
    context: Pick<StepContext, 'workspace' | 'origin'>,
  ): { readonly ok: true; readonly grants: readonly string[] } | { readonly ok: false; readonly why: string };
  /** A grant was used for a run that acted. */
  used(tx: Transaction, grants: readonly string[]): void;
}

/** A row for the audit log; appended in the transaction of what it tells. Data hold ids and digests, never content. */
export interface AuditEntry {
  readonly run: string | null;
  readonly actor: string;
  readonly act: string;
  readonly tool: string | null;
  readonly real: boolean;
  readonly result: string;
  readonly data?: Readonly<Record<string, string | number | boolean | null>>;
}
export interface Audit {
  append(tx: Transaction, entry: AuditEntry): void;
}

/** What a recipe can look at while it plans. It changes nothing. */
export interface PlanWorld {
  /** Absolute, links resolved. */
  readonly root: string;
  /** Text of a file inside the folder; null where there is none, it is denied, no text, or larger than 2 MB. */
  read(path: string): Promise<string | null>;
  /** Names in a folder inside the folder; empty where there is none. */
  list(path: string): Promise<readonly string[]>;
  /** Runs a program on a rehearsal that is thrown away, to learn what it says. */
  tryOut(program: Program): Promise<ProgramResult>;
  readonly now: number;
  readonly signal: AbortSignal;
}
/** A named piece of work that needs no model. */
export interface Recipe {
  readonly name: string;
  readonly title: string;
  readonly what: string;
  readonly options: WheelRecipe['options'];
  /** A model makes the plan: whoever asked for it, leave and trust take it for a model's. */
  readonly model?: boolean;
  /** Why it cannot be used here, in words; null where it can. Cheap: it is asked for lists. */
  unavailable(world: PlanWorld): Promise<string | null>;
  /** Throws `ProgenyError` with what to do where there is nothing to do, or an option is wrong. */
  plan(world: PlanWorld, options: Readonly<Record<string, string>>): Promise<Plan>;
  /** What the report says was done, and what is left to look at, from what the commands wrote. */
  tell?(outcome: {
    /** Of all commands, one after the other. */
    readonly output: string;
    readonly edits: readonly FileEdit[];
    /** Absolute folders that stand for the root in what programs write: the rehearsal's and the real one. */
    readonly roots?: readonly string[];
    /** What was carried out, which tells the folder that programs ran in. */
    readonly steps?: readonly WheelStep[];
  }): {
    readonly done: string;
    readonly review: readonly WheelReview[];
  };
}

/** Edits that the editor's own providers make for a rename; asked of a client with the capability `rename`. */
export interface Renamer {
  rename(
    root: string,
    step: Extract<WheelStep, { tool: 'rename' | 'move_file' }>,
    signal: AbortSignal,
  ): Promise<RenameEdits>;
}
export interface RenameEdits {
  /** Whole texts of files after the rename, by path. */
  readonly texts: Readonly<Record<string, string>>;
  readonly moves: readonly { readonly from: string; readonly to: string }[];
}

/**
 * Branches, commits: what a run does to the repository for real. Each tells how to take it back, and tells `intend` of it
 * before the first byte is written, so that what was cut off half way can be taken back, too.
 */
export interface GitHands {
  branch(root: string, name: string, intend?: Intend): Promise<GitUndo>;
  commit(
    root: string,
    branch: string,
    message: string,
    paths: readonly string[],
    intend?: Intend,
  ): Promise<GitUndo & { readonly commit: string }>;
  deleteBranch(root: string, name: string, at: string, mergedInto: string, intend?: Intend): Promise<GitUndo>;
  /** Takes back one of the above wherever the repository is still as it left it. What is back already is no conflict. */
  takeBack(root: string, undo: GitUndo): Promise<readonly WheelConflict[]>;
}
export type Intend = (undo: GitUndo) => void;
/** Refs (and HEAD) before and after, plain data for the journal. */
export interface GitUndo {
  readonly refs: readonly {
    readonly ref: string;
    readonly before: string | null;
    readonly after: string | null;
  }[];
  /** Entries of the index that a commit brought in step with itself; `mode` and object, null: none. */
  readonly index?: readonly {
    readonly path: string;
    readonly before: IndexEntry | null;
    readonly after: IndexEntry | null;
  }[];
  /** Lines that it wrote into reflogs, the newest first. */
  readonly logs?: readonly { readonly ref: string; readonly message: string }[];
}
export interface IndexEntry {
  readonly mode: string;
  readonly object: string;
}
