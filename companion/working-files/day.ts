import { asUtc, type Zone } from './zone.ts';

const DAY = 24 * 60 * 60 * 1000;
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const HEADING = new RegExp(`^(?:${WEEKDAYS.join('|')}) \\d{1,2} (?:${MONTHS.join('|')}) \\d{4,}$`);

/**
 * The day that `now` belongs to, as YYYY-MM-DD: a day begins at `startsAt` o'clock local time
 * (systems.md, section 5), whatever the clocks do in that night. Sorts as text.
 */
export function workingDay(now: number, startsAt: number, zone: Zone): string {
  const local = zone.local(now);
  const date = new Date(asUtc(local) - (local.hour < startsAt ? DAY : 0));
  return date.toISOString().slice(0, 10);
}

/** "Wednesday 5 November 2025". */
export function dayHeading(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  return `${WEEKDAYS[date.getUTCDay()]} ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

export function isDayHeading(text: string): boolean {
  return HEADING.test(text);
}
