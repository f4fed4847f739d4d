import type { Dream } from '../../../companion/protocol/index.ts';
import type { IconName } from '../../parts/icon-table.ts';
import { dayName } from '../time.ts';

export const DREAM_STATUS: Readonly<
  Record<Dream['status'], { readonly word: string; readonly icon: IconName }>
> = {
  running: { word: 'under way', icon: 'sync' },
  done: { word: 'done', icon: 'pass' },
  cancelled: { word: 'cancelled; the next one goes on from there', icon: 'circle-slash' },
  skipped: { word: 'skipped, too little was new', icon: 'circle' },
};

/** The day that it belongs to: "Sun 23 Nov 2025". Pure. */
export function dreamDay(day: string): string {
  const at = Date.parse(`${day}T12:00:00Z`);
  // A year that no day has: it is always said.
  return Number.isNaN(at) ? day : dayName(at, 0, 'UTC');
}

/** How far it is, where it has not ended: "3 of 10 stages, at: Drawing themes anew". Pure. */
export function stageWords({ stages, status }: Pick<Dream, 'stages' | 'status'>): string {
  if (status === 'skipped') return 'Nothing was done.';
  const done = stages.filter(({ state }) => state === 'done').length;
  const now =
    stages.find(({ state }) => state === 'running') ?? stages.find(({ state }) => state === 'waiting');
  return `${done} of ${stages.length} stages${now ? `, at: ${now.title}` : ''}`;
}
