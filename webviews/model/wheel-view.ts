import type { WheelFile, WheelRun, WheelStatus, WheelStepState } from '../../companion/protocol/index.ts';
import { type WheelPhase, wheelPhase } from '../../companion/protocol/wheel-words.ts';
import type { IconName } from '../parts/icon-table.ts';
import { count } from './words.ts';

export const STATUS_ICONS: Readonly<Record<WheelStatus, IconName>> = {
  planning: 'sync',
  previewed: 'eye',
  counting: 'clockface',
  acting: 'play-circle',
  verifying: 'beaker',
  done: 'pass',
  interrupted: 'warning',
  kept: 'check',
  undone: 'discard',
  rolled_back: 'discard',
  vetoed: 'circle-slash',
  refused: 'shield',
  expired: 'history',
  outdated: 'history',
  failed: 'error',
};

export const FILE_WORDS: Readonly<Record<WheelFile['kind'], { word: string; icon: IconName }>> = {
  added: { word: 'new', icon: 'diff-added' },
  changed: { word: 'changed', icon: 'diff-modified' },
  deleted: { word: 'deleted', icon: 'diff-removed' },
  moved: { word: 'moved', icon: 'diff-renamed' },
  mode: { word: 'mode changed', icon: 'lock' },
};

export const STEP_WORDS: Readonly<Record<WheelStepState['status'], { word: string; icon: IconName }>> = {
  waiting: { word: 'not yet', icon: 'circle' },
  rehearsed: { word: 'tried on a copy', icon: 'circle-small' },
  running: { word: 'under way', icon: 'play-circle' },
  done: { word: 'done', icon: 'check' },
  refused: { word: 'refused', icon: 'shield' },
  failed: { word: 'failed', icon: 'error' },
  taken_back: { word: 'taken back', icon: 'discard' },
};

const PHASE_TITLES: Readonly<Record<WheelPhase, string>> = {
  waiting: 'Waiting for you',
  running: 'Under way',
  done: 'Done, can be undone',
  settled: 'Earlier',
};

/** Runs by whose turn it is, what waits for the reader first; each as it came. Empty groups are left out. Pure. */
export function groupsOf(
  runs: readonly WheelRun[],
): { phase: WheelPhase; title: string; runs: WheelRun[] }[] {
  return (Object.keys(PHASE_TITLES) as WheelPhase[])
    .map((phase) => ({
      phase,
      title: PHASE_TITLES[phase],
      runs: runs.filter(({ status }) => wheelPhase(status) === phase),
    }))
    .filter((group) => group.runs.length > 0);
}

/** What the button says that begins it: "Do it", "Do it in 4 of 6 files". Pure. */
export function approveWords(files: number, chosen: number): string {
  return chosen === files ? 'Do it' : `Do it in ${chosen} of ${count(files, 'file')}`;
}

/** A digest as one compares it by eye. */
export function shortDigest(digest: string): string {
  return digest.replace(/^sha256:/, '').slice(0, 8);
}

/** A program as one would type it; an argument with anything but plain characters stands in quotes. Pure. */
export function programWords(argv: readonly string[]): string {
  return argv.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : JSON.stringify(word))).join(' ');
}

/** Where a preview is worth asking for: it exists from then on, and is gone when nothing more can come of it. */
const LOOKED_AT: ReadonlySet<WheelStatus> = new Set([
  'previewed',
  'counting',
  'acting',
  'verifying',
  'done',
  'interrupted',
  'kept',
]);
export function hasPreview({ status, digest }: Pick<WheelRun, 'status' | 'digest'>): boolean {
  return digest !== null && LOOKED_AT.has(status);
}
