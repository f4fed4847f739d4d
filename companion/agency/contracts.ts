import type { Tier, WheelCapability, WheelTool } from '../protocol/index.ts';

/** What one tool may do at most, whatever anybody says. */
export interface Budget {
  /** Bytes of its input. */
  readonly bytes: number;
  /** Files that it touches at most; null: as many as `wheel.maxFiles` lets a run change. */
  readonly files: number | null;
  /** How long it may take, ms; null: as long as `wheel.commandMinutes` says. */
  readonly ms: number | null;
}

/** What a tool needs, and what becomes of what it did (systems.md, sections 9 and 11). */
export interface Contract {
  readonly capability: WheelCapability;
  /** Below this tier it never happens without a click; at T3 silence may do, where it was granted. */
  readonly tier: Tier;
  /** What it does on the rehearsal. */
  readonly dryRun: string;
  /** How it is taken back. */
  readonly undo: string;
  readonly budget: Budget;
}

const MB = 1024 * 1024;
const IN_COPY = 'done in the copy; the folder stays as it is';
const BY_SNAPSHOT = 'the bytes of before, wherever the file is still as the run left it';
const FILE: Budget = { bytes: 2 * MB, files: 1, ms: 10_000 };
const EDIT = { capability: 'edit', tier: 'T2', dryRun: IN_COPY, undo: BY_SNAPSHOT } as const;
const GIT = { capability: 'git', tier: 'T2', dryRun: 'told as an effect; no ref moves' } as const;

/** Every tool there is. What is not listed cannot be done. */
export const CONTRACTS: Readonly<Record<WheelTool, Contract>> = {
  write: { ...EDIT, budget: FILE },
  move: { ...EDIT, budget: { ...FILE, files: 2 } },
  delete: { ...EDIT, budget: FILE },
  patch: { ...EDIT, budget: { bytes: 10 * MB, files: null, ms: 60_000 } },
  rename: { ...EDIT, budget: { bytes: 10_000, files: null, ms: 60_000 } },
  move_file: { ...EDIT, budget: { bytes: 10_000, files: null, ms: 60_000 } },
  command: {
    capability: 'command',
    tier: 'T2',
    dryRun: 'run in the copy; what it changed there is the preview',
    undo: `${BY_SNAPSHOT}; what it did outside of the folder is not undone`,
    budget: { bytes: MB, files: null, ms: null },
  },
  branch: {
    ...GIT,
    undo: 'the branch goes and HEAD returns, where both are still as the run left them',
    budget: { bytes: 10_000, files: 0, ms: 30_000 },
  },
  commit: {
    ...GIT,
    undo: 'the branch returns to where it stood, where it still is as the run left it',
    budget: { bytes: 10_000, files: null, ms: 60_000 },
  },
  delete_branch: {
    capability: 'delete_branch',
    tier: 'T3',
    dryRun: 'told as an effect; no ref moves',
    undo: 'the branch returns to the commit at which it stood',
    budget: { bytes: 10_000, files: 0, ms: 30_000 },
  },
  open_loop: {
    capability: 'draft',
    tier: 'T1',
    dryRun: 'told as an effect; no loop is opened',
    undo: 'the loop is dropped',
    budget: { bytes: 50_000, files: 0, ms: 10_000 },
  },
};

/** Capabilities for which silence is never consent: they reach what no snapshot covers. */
export const HARD_STOPS: ReadonlySet<WheelCapability> = new Set<WheelCapability>(['network']);

const ORDER: readonly Tier[] = ['T0', 'T1', 'T2', 'T3'];

export function atLeast(tier: Tier, needed: Tier): boolean {
  return ORDER.indexOf(tier) >= ORDER.indexOf(needed);
}
