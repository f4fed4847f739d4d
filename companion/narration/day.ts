import type { ToLocal } from '../interruption/index.ts';

export type PartOfDay = 'morning' | 'afternoon' | 'evening' | 'night';

const NOON = 12 * 60;
const EVENING = 18 * 60;

/** By minutes since local midnight; the night ends when the day begins. */
export function partOf(minute: number, startsAt: number): PartOfDay {
  if (minute < startsAt * 60) return 'night';
  if (minute < NOON) return 'morning';
  return minute < EVENING ? 'afternoon' : 'evening';
}

/** The local date that `at` belongs to, in days since 1970, when a day begins at `startsAt` o'clock. */
export function dayOf(at: number, startsAt: number, local: ToLocal): number {
  const { day, minute } = local(at);
  return minute < startsAt * 60 ? day - 1 : day;
}
