import { type Random, randomInt } from '../kernel/index.ts';

/** One day of the demo's life. */
export interface Day {
  /** Local midnight, ms. */
  readonly midnight: number;
  readonly kind: 'work' | 'crunch' | 'weekend' | 'holiday';
  /** When work begins and ends, ms; equal on a day without. */
  readonly from: number;
  readonly until: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Half a year. */
export const DAYS = 182;
/** Releases, as shares of the half year; the days before them are long. */
export const RELEASES = [0.34, 0.86] as const;
const CRUNCH_DAYS = 6;
const VACATION_DAYS = 12;

/**
 * The days up to `now`, the oldest first: working weeks, a few holidays, two weeks away (in August where that lies
 * within), long days before releases. The last day ends before `now`. Pure.
 */
export function calendarOf(now: number, random: Random): Day[] {
  const today = new Date(now);
  const midnights = Array.from({ length: DAYS }, (_, i) =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() - (DAYS - 1 - i)).getTime(),
  );
  const away = vacationOf(midnights);
  const single = new Set([0.11, 0.27, 0.58, 0.74].map((share) => Math.floor(share * DAYS)));
  return midnights.map((midnight, i): Day => {
    const weekday = new Date(midnight).getDay();
    const crunch = RELEASES.some((share) => {
      const before = Math.floor(share * DAYS) - i;
      return before >= 0 && before < CRUNCH_DAYS;
    });
    const rest = weekday === 0 || (weekday === 6 && !crunch);
    const off = away.has(i) || single.has(i);
    const kind = off ? 'holiday' : rest ? 'weekend' : crunch ? 'crunch' : 'work';
    const begins =
      midnight +
      8 * HOUR +
      (randomInt(random, 5) === 0 ? 75 + randomInt(random, 60) : 20 + randomInt(random, 60)) * MINUTE;
    const hours = kind === 'crunch' ? 10.5 : weekday === 5 ? 7 : 8.5;
    const ends = begins + hours * HOUR + randomInt(random, 40) * MINUTE;
    if (off || rest) return { midnight, kind, from: begins, until: begins };
    const limit = Math.max(begins, now - 12 * MINUTE);
    return { midnight, kind, from: begins, until: i === DAYS - 1 ? Math.min(ends, limit) : ends };
  });
}

/** Two weeks in August, else in the middle. */
function vacationOf(midnights: readonly number[]): Set<number> {
  const august = midnights.findIndex((at) => {
    const date = new Date(at);
    return date.getMonth() === 7 && date.getDate() >= 4 && date.getDay() === 1;
  });
  const fits = august > 20 && august < DAYS - 30;
  const middle = midnights.findIndex((at, i) => i > DAYS * 0.44 && new Date(at).getDay() === 1);
  const first = fits ? august : middle;
  return new Set(Array.from({ length: VACATION_DAYS }, (_, i) => first + i));
}
