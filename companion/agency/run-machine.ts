import type { WheelStatus } from '../protocol/index.ts';

/** What can happen to a run. */
export type RunEvent =
  /** What it would do is made out. */
  | 'planned'
  /** A person said yes to programs that are rehearsed only then. */
  | 'rehearse'
  /** A person said yes, or a countdown began whose silence is consent. */
  | 'consented'
  /** A countdown is over. */
  | 'began'
  /** The countdown counts no more: its consent went with the connection, or leave for silence is gone. */
  | 'recalled'
  | 'verifying'
  /** Done, and reported. */
  | 'reported'
  /** All that it did is taken back. */
  | 'rolled_back'
  /** Something is left that may be the user's own. */
  | 'interrupted'
  | 'kept'
  | 'undone'
  /** A person stopped it before it began. */
  | 'vetoed'
  /** Leave was refused, and nothing is written. */
  | 'refused'
  | 'expired'
  /** The folder is another than the one that was previewed, and nothing is written. */
  | 'outdated'
  /** It could not be planned. */
  | 'failed';

const NEXT: Readonly<Record<WheelStatus, Partial<Record<RunEvent, WheelStatus>>>> = {
  planning: { planned: 'previewed', vetoed: 'vetoed', refused: 'refused', failed: 'failed' },
  previewed: {
    rehearse: 'planning',
    consented: 'counting',
    vetoed: 'vetoed',
    refused: 'refused',
    expired: 'expired',
    outdated: 'outdated',
  },
  counting: {
    // A click on what silence would begin.
    consented: 'counting',
    began: 'acting',
    recalled: 'previewed',
    vetoed: 'vetoed',
    refused: 'refused',
    expired: 'expired',
    outdated: 'outdated',
  },
  acting: {
    verifying: 'verifying',
    reported: 'done',
    rolled_back: 'rolled_back',
    interrupted: 'interrupted',
    refused: 'refused',
    outdated: 'outdated',
  },
  verifying: { reported: 'done', rolled_back: 'rolled_back', interrupted: 'interrupted' },
  done: { kept: 'kept', undone: 'undone' },
  interrupted: { kept: 'kept', undone: 'undone' },
  kept: {},
  undone: {},
  rolled_back: {},
  vetoed: {},
  refused: {},
  expired: {},
  outdated: {},
  failed: {},
};

/** How a run stands after something happened to it; null where that cannot happen to it as it stands. Pure. */
export function next(status: WheelStatus, event: RunEvent): WheelStatus | null {
  return NEXT[status][event] ?? null;
}

/** Nothing can happen to it any more. */
export function isSettled(status: WheelStatus): boolean {
  return Object.keys(NEXT[status]).length === 0;
}

/** It waits for a person, or for the end of a countdown; nothing was written. */
export function isWaiting(status: WheelStatus): boolean {
  return status === 'previewed' || status === 'counting';
}

/** It is at work in the folder. */
export function isActing(status: WheelStatus): boolean {
  return status === 'acting' || status === 'verifying';
}

/** It can be undone. */
export function isOpen(status: WheelStatus): boolean {
  return status === 'done' || status === 'interrupted';
}
