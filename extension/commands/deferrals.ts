import { moment } from '../text/time.ts';

export interface Deferral {
  readonly label: string;
  readonly description: string;
  /** ms. */
  readonly until: number;
}

const MORNING = 9;
const MONDAY = 1;

/** When a thread may come back, the nearest first; days begin at nine in local time. */
export function deferrals(now: number, locale?: string): Deferral[] {
  const inThreeHours = now + 3 * 3_600_000;
  const choices: [string, number][] = [
    ['in 3 hours', inThreeHours],
    ['tomorrow', morning(now, 1)],
    ['on Monday', morning(now, daysUntil(MONDAY, now))],
    ['in two weeks', morning(now, 14)],
    ['in a month', morning(now, 30)],
  ];
  return choices.map(([label, until]) => ({ label, until, description: moment(until, now, locale) }));
}

/** Nine in the morning, `days` from today: by the calendar, so that a change of clocks does not move it. */
function morning(now: number, days: number): number {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, MORNING).getTime();
}

function daysUntil(weekday: number, now: number): number {
  return ((weekday - new Date(now).getDay() + 6) % 7) + 1;
}
