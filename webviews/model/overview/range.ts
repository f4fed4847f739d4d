import { DAY } from '../time.ts';

/** How far back one looks, in days. */
export const RANGES = { 7: '7 days', 30: '30 days', 180: '6 months' } as const;
export type Range = keyof typeof RANGES;
export const DEFAULT_RANGE: Range = 30;

/** The range that a location asks for; any other word stands for the default. Pure. */
export function rangeOfQuery(query: Readonly<Record<string, string>>): Range {
  const asked = Number(query.range);
  return asked in RANGES ? (asked as Range) : DEFAULT_RANGE;
}

/** When a range begins. */
export function rangeStart(range: Range, now: number): number {
  return now - range * DAY;
}
