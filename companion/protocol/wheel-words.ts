// Nothing is imported here but types: the extension and the web app show these words, and must not load the contract.
import type { WheelCapability, WheelOrigin, WheelRun, WheelStatus } from './wheel.ts';

/** How a run stands, in words. */
export const WHEEL_STATUS_WORDS: Readonly<Record<WheelStatus, string>> = {
  planning: 'Being worked out',
  previewed: 'Waits for you',
  counting: 'About to start',
  acting: 'Under way',
  verifying: 'Being verified',
  done: 'Done',
  interrupted: 'Interrupted',
  kept: 'Done and kept',
  undone: 'Undone',
  rolled_back: 'Rolled back',
  vetoed: 'Stopped before it began',
  refused: 'Refused',
  expired: 'Expired without an answer',
  outdated: 'Out of date',
  failed: 'Failed',
};

/** Whose turn it is: the person's, the companion's, or nobody's any more. `done`: can still be undone. */
export type WheelPhase = 'waiting' | 'running' | 'done' | 'settled';
const PHASES: Readonly<Partial<Record<WheelStatus, WheelPhase>>> = {
  previewed: 'waiting',
  counting: 'waiting',
  interrupted: 'waiting',
  planning: 'running',
  acting: 'running',
  verifying: 'running',
  done: 'done',
};
export function wheelPhase(status: WheelStatus): WheelPhase {
  return PHASES[status] ?? 'settled';
}

/** What each capability allows, as one would say it before giving it. */
export const CAPABILITY_WORDS: Readonly<Record<WheelCapability, { word: string; allows: string }>> = {
  draft: { word: 'Write drafts', allows: 'New files of its own, such as notes and drafts.' },
  edit: { word: 'Edit files', allows: 'Change, move and delete files in the folder, after a snapshot.' },
  command: {
    word: 'Run a program',
    allows: 'Run programs whose arguments begin as you say. A program is arbitrary code.',
  },
  git: { word: 'Branch and commit', allows: 'Make a branch of its own and commit to it. Never push.' },
  delete_branch: {
    word: 'Delete merged branches',
    allows: 'Let local branches go whose commits are all in another.',
  },
  network: {
    word: 'Use the network',
    allows: 'Let the programs that it runs reach the network; what they send cannot be taken back.',
  },
};

/** Who asked: "you", "claude-code (an agent)", "you (a model planned it)". */
export function wheelOriginWords({ by, name }: Pick<WheelOrigin, 'by' | 'name'>): string {
  if (by === 'person') return 'you';
  return by === 'agent' ? `${name || 'an agent'} (an agent)` : 'you (a model planned it)';
}

/** "6 files, +14 −9"; "no files". */
export function wheelSizeWords({
  files,
  additions,
  deletions,
}: Pick<WheelRun, 'files' | 'additions' | 'deletions'>): string {
  if (files === 0) return 'no files';
  return `${files.toLocaleString('en-GB')} ${files === 1 ? 'file' : 'files'}, +${additions} −${deletions}`;
}
