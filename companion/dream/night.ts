import type { ToLocal } from '../interruption/index.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

export interface NightRules {
  /** Minutes since local midnight at which a night's dream is due. */
  readonly at: number;
  /** The hour at which a new day begins. */
  readonly dayStartsAt: number;
  readonly local: ToLocal;
}

/**
 * The day whose dream is due at `now`, as "2026-03-01": the one that the last due time belongs to, by the hour at
 * which days begin. What is missed at night keeps its day until the next night. Pure but for the zone.
 */
export function dreamDay(now: number, { at, dayStartsAt, local }: NightRules): string {
  const { day, minute } = local(now);
  const due = minute >= at ? day : day - 1;
  const belongs = at < dayStartsAt * 60 ? due - 1 : due;
  return new Date(belongs * DAY_MS).toISOString().slice(0, 10);
}

/** "02:00" in minutes since midnight; null for "". Pure. */
export function minuteOf(time: string): number | null {
  return time === '' ? null : Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
