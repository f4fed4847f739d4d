import type { Loop, LoopSource, LoopStatus } from '../../companion/protocol/index.ts';
import type { IconName } from '../parts/icon-table.ts';

/** Plain words first; where the product has its own, it follows as the second. */
export const STATUS_WORDS: Record<
  LoopStatus,
  { word: string; product?: string; icon: IconName; hint: string }
> = {
  proposed: { word: 'Proposed', icon: 'circle-small', hint: 'Found in the repository, not yet taken up' },
  open: { word: 'Open', icon: 'circle', hint: 'Taken up and in progress' },
  stale: { word: 'Stale', icon: 'history', hint: 'Untouched for a week or more' },
  deferred: { word: 'Later', product: 'deferred', icon: 'clockface', hint: 'Comes back at its time' },
  blessed: { word: 'Done', product: 'blessed', icon: 'pass', hint: 'Signed off' },
  dropped: { word: 'Dropped', icon: 'circle-slash', hint: 'Given up on purpose' },
  merged: { word: 'Merged', icon: 'git-merge', hint: 'Its branch or work has been merged' },
};

export const SOURCE_WORDS: Record<LoopSource, { word: string; icon: IconName }> = {
  branch: { word: 'branch', icon: 'git-branch' },
  uncommitted: { word: 'uncommitted work', icon: 'diff' },
  stash: { word: 'stash', icon: 'archive' },
  todo: { word: 'TODO', icon: 'checklist' },
  failing_test: { word: 'failing test', icon: 'beaker' },
  whisper: { word: 'note', icon: 'comment' },
  manual: { word: 'by hand', icon: 'edit' },
  import: { word: 'import', icon: 'desktop-download' },
};

export const PRIORITY_WORDS: Record<Loop['priority'], string> = {
  high: 'High',
  normal: 'Normal',
  low: 'Low',
};

/** "1 thread", "12 threads". */
export function count(n: number, noun: string, many = `${noun}s`): string {
  return `${n.toLocaleString('en-GB')} ${n === 1 ? noun : many}`;
}
