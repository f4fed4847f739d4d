// Nothing is imported here but types: the extension and the web app show these words, and must not load the contract.
import type { WheelCapability, WheelOrigin, WheelRun, WheelStatus } from './wheel.ts';

/** How a run stands, in words. */
export const WHEEL_STATUS_WORDS: Readonly<Record<WheelStatus, string>> = {
  planning: 'Being worked out',
  previewed: 'Waits for your yes',
  counting: 'About to start',
  acting: 'Under way',
  verifying: 'Being verified',
  done: 'Done',
  interrupted: 'Interrupted',
  kept: 'Done and kept',
  undone: 'Undone',
  rolled_back: 'Taken back',
  vetoed: 'Stopped before it began',
  refused: 'Refused',
  expired: 'Expired without an answer',
  outdated: 'Out of date',
  failed: 'Failed',
};

/** The same, to follow "the run is". */
export const WHEEL_STATUS_IS: Readonly<Record<WheelStatus, string>> = {
  planning: 'being planned',
  previewed: 'waiting for your yes',
  counting: 'counting down',
  acting: 'at work',
  verifying: 'being verified',
  done: 'done',
  interrupted: 'interrupted',
  kept: 'done and kept',
  undone: 'undone',
  rolled_back: 'taken back',
  vetoed: 'stopped before it began',
  refused: 'refused',
  expired: 'expired',
  outdated: 'outdated',
  failed: 'not planned',
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

/** What each capability allows, as one would say it before giving it; `to`: to follow "leave to". */
export const CAPABILITY_WORDS: Readonly<
  Record<WheelCapability, { word: string; to: string; allows: string }>
> = {
  draft: {
    word: 'Open threads',
    to: 'open threads',
    allows: 'Open threads of work, such as one for each failing test.',
  },
  edit: {
    word: 'Edit files',
    to: 'change files inside the folder, after a snapshot',
    allows: 'Change, move and delete files in the folder, after a snapshot.',
  },
  command: {
    word: 'Run a program',
    to: 'run the named program',
    allows: 'Run programs whose arguments begin as you say. A program is arbitrary code.',
  },
  git: {
    word: 'Branch and commit',
    to: 'make a branch, and commit on it',
    allows: 'Make a branch of its own and commit to it. Never push.',
  },
  delete_branch: {
    word: 'Delete merged branches',
    to: 'delete branches whose commits are all in another',
    allows: 'Let local branches go whose commits are all in another.',
  },
  network: {
    word: 'Use the network',
    to: 'let the programs of a run reach the network',
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

/** A program as a person would type it; quotes only where an argument would fall apart. For reading only: nothing is ever run from it. */
export function argvWords(argv: readonly string[]): string {
  return argv.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : JSON.stringify(word))).join(' ');
}
