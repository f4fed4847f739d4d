import { type EvidenceKind, type EvidenceRef, type Generator, type Proposal, verdict } from '../generator.ts';
import { quantile, wilson } from '../statistics.ts';
import { type Week, weekday } from '../weeks.ts';
import { clockTime } from './words.ts';
import { committedDays, presentDays, type WorkingDay } from './working-day.ts';

interface RhythmClaim {
  readonly [field: string]: string | number | readonly number[];
  readonly part: 'start' | 'end' | 'first_commit' | 'last_commit';
  /** Minutes since local midnight; over 1440 after the next. */
  readonly minute: number;
  /** The days of the week on which the user works, 0 for Monday. */
  readonly weekdays: readonly number[];
}

/** A day is on time this many minutes either side of the usual time. */
const TOLERANCE = 45;
/** So many working days at least. */
const DAYS = 8;
/** The share of days on time, and the least that its interval may reach down to: chance, for a day of several hours. */
const SHARE = 0.7;
const LOW = 0.5;
const WEEKLY = { least: 3, supports: 0.6, contradicts: 0.4 };

/** When the working day usually starts and ends. */
export const rhythm: Generator<RhythmClaim> = {
  name: 'rhythm',
  kinds: ['presence', 'commits'],

  propose(weeks, kind) {
    const days = weeks.flatMap((week) => daysOf(week, kind));
    const weekdays = usualWeekdays(weeks, days);
    const worked = days.filter(({ day }) => weekdays.includes(weekday(day)));
    if (worked.length < DAYS) return null;
    const parts =
      kind === 'commits' ? (['first_commit', 'last_commit'] as const) : (['start', 'end'] as const);
    return parts.flatMap((part): Proposal<RhythmClaim>[] => {
      const times = worked.map((day) => boundOf(day, part).minute);
      const minute = Math.round(quantile(times, 0.5) / 5) * 5;
      const hits = times.filter((time) => onTime(time, minute)).length;
      if (hits / times.length < SHARE || wilson(hits, times.length).low < LOW) return [];
      const claim = { part, minute, weekdays };
      return [{ subject: part, workspace: null, claim, sentence: sentenceOf(claim), unit: 'working days' }];
    });
  },

  judge({ claim }, week, kind) {
    const days = daysOf(week, kind).filter(({ day }) => claim.weekdays.includes(weekday(day)));
    const hits = days.filter((day) => onTime(boundOf(day, claim.part).minute, claim.minute)).length;
    const refs = days.map((day): EvidenceRef => {
      const { at, workspace } = boundOf(day, claim.part).event;
      return { at, workspace };
    });
    return verdict(hits, days.length, WEEKLY, refs);
  },

  same: (a, b) => Math.abs(a.minute - b.minute) <= TOLERANCE,
};

function daysOf(week: Week, kind: EvidenceKind): WorkingDay[] {
  return kind === 'commits' ? committedDays(week) : presentDays(week);
}

/** The days of the week on which there was work in at least half of the weeks. */
function usualWeekdays(weeks: readonly Week[], days: readonly WorkingDay[]): number[] {
  const counts = Map.groupBy(days, ({ day }) => weekday(day));
  return [...counts]
    .filter(([, those]) => those.length * 2 >= weeks.length)
    .map(([each]) => each)
    .sort();
}

function boundOf({ first, last }: WorkingDay, part: RhythmClaim['part']) {
  return part === 'start' || part === 'first_commit' ? first : last;
}

function onTime(time: number, usual: number): boolean {
  return Math.abs(time - usual) <= TOLERANCE;
}

function sentenceOf({ part, minute }: RhythmClaim): string {
  const time = clockTime(minute);
  if (part === 'start') return `You usually start work around ${time}`;
  if (part === 'end') return `You usually stop work around ${time}`;
  const which = part === 'first_commit' ? 'first' : 'last';
  return `Your ${which} commit of a working day usually comes around ${time}`;
}
