import type { WorkEvent } from '../../timeline/index.ts';
import { type EvidenceKind, type EvidenceRef, type Generator, type Proposal, verdict } from '../generator.ts';
import { quantile, wilson } from '../statistics.ts';
import { type Placed, type Week, weekday } from '../weeks.ts';
import { clockTime } from './words.ts';

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
/** Work goes on where the next of it comes within an hour: a glance at six in the morning is no start. */
const STRETCH = 60;
const WEEKLY = { least: 3, supports: 0.6, contradicts: 0.4 };

/** When the working day usually starts and ends. */
export const rhythm: Generator<RhythmClaim> = {
  name: 'rhythm',
  kinds: ['editing', 'presence', 'commits'],

  propose(weeks, kind) {
    const days = weeks.flatMap((week) => bounds(week, kind));
    const weekdays = workingDays(weeks, days);
    const worked = days.filter(({ day }) => weekdays.includes(weekday(day)));
    if (worked.length < DAYS) return null;
    const parts =
      kind === 'commits' ? (['first_commit', 'last_commit'] as const) : (['start', 'end'] as const);
    return parts.flatMap((part): Proposal<RhythmClaim>[] => {
      const times = worked.map((day) => timeOf(day, part));
      const minute = Math.round(quantile(times, 0.5) / 5) * 5;
      const hits = times.filter((time) => onTime(time, minute)).length;
      if (hits / times.length < SHARE || wilson(hits, times.length).low < LOW) return [];
      const claim = { part, minute, weekdays };
      return [{ subject: part, workspace: null, claim, sentence: sentenceOf(claim), unit: 'working days' }];
    });
  },

  judge({ claim }, week, kind) {
    const days = bounds(week, kind).filter(({ day }) => claim.weekdays.includes(weekday(day)));
    const times = days.map((day) => timeOf(day, claim.part));
    const hits = times.filter((time) => onTime(time, claim.minute)).length;
    return verdict(
      hits,
      days.length,
      WEEKLY,
      days.map((day) => refOf(day, claim.part)),
    );
  },

  same: (a, b) => Math.abs(a.minute - b.minute) <= TOLERANCE,
};

interface DayBounds {
  readonly day: number;
  readonly first: Placed;
  readonly last: Placed;
}

/** The first and the last work of each day of a week. */
function bounds(week: Week, kind: EvidenceKind): DayBounds[] {
  const items = week.items.filter(({ event }) => isWork(event, kind));
  return [...Map.groupBy(items, ({ day }) => day)].flatMap(([day, work]) => {
    if (kind === 'commits') return [{ day, first: work[0]!, last: work.at(-1)! }];
    const first = work.find((item, i) => goesOn(item, work[i + 1]));
    const last = work.findLast((item, i) => i > 0 && goesOn(work[i - 1]!, item));
    return first && last ? [{ day, first, last }] : [];
  });
}

function goesOn(item: Placed, next: Placed | undefined): boolean {
  return next !== undefined && next.minute - item.minute <= STRETCH;
}

function isWork(event: WorkEvent, kind: EvidenceKind): boolean {
  if (kind === 'commits') return event.kind === 'commit' && event.own;
  if (kind === 'editing') return event.kind === 'edit' || event.kind === 'switch';
  return event.kind === 'focus' || event.kind === 'debug' || event.kind === 'test';
}

/** The days of the week on which there was work in at least half of the weeks. */
function workingDays(weeks: readonly Week[], days: readonly DayBounds[]): number[] {
  const counts = Map.groupBy(days, ({ day }) => weekday(day));
  return [...counts]
    .filter(([, those]) => those.length * 2 >= weeks.length)
    .map(([each]) => each)
    .sort();
}

function timeOf({ first, last }: DayBounds, part: RhythmClaim['part']): number {
  return part === 'start' || part === 'first_commit' ? first.minute : last.minute;
}

function refOf({ first, last }: DayBounds, part: RhythmClaim['part']): EvidenceRef {
  const { event } = part === 'start' || part === 'first_commit' ? first : last;
  return { at: event.at, workspace: event.workspace };
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
