import { type EvidenceKind, type Generator, verdict } from '../generator.ts';
import { quantile, tOfMean } from '../statistics.ts';
import type { Placed, Week } from '../weeks.ts';
import { clockTime } from './words.ts';
import { byDay, presentDays } from './working-day.ts';

interface PeakClaim {
  readonly [field: string]: string | number | readonly number[];
  /** Local hours; `until` may pass 24. */
  readonly from: number;
  readonly until: number;
  /** The user's own hours when it was claimed, in minutes of the day. */
  readonly ownFrom: number;
  readonly ownUntil: number;
}

/** Hours that a peak may last. */
const LENGTHS = [2, 3, 4];
/** So many days at least, each with so many minutes (or commits) of work; and so many of those in a week. */
const DAYS: Readonly<Record<string, number>> = { editing: 8, commits: 20 };
const PER_DAY: Readonly<Record<string, number>> = { editing: 10, commits: 1 };
const PER_WEEK: Readonly<Record<string, number>> = { editing: 40, commits: 5 };
/** So many times the even share, */
const RATIO = 1.5;
/** and so sure over the days: the one-sided 5 % for some sixty bands that are tried, at ten days. */
const T = 4;
/** Where nobody was seen to be there, the hours of all but a tenth of the work are the user's own. */
const OWN = { from: 0.05, until: 0.95 };

/** The hours in which most work is done, far beyond an even spread over the hours of each day. */
export const peakHours: Generator<PeakClaim> = {
  name: 'peak_hours',
  kinds: ['editing', 'commits'],

  propose(weeks, kind) {
    const days = weeks
      .flatMap((week) => daysOf(week, kind))
      .filter(({ work }) => work.length >= PER_DAY[kind]!);
    if (days.length < DAYS[kind]!) return null;
    const minutes = days.flatMap(({ work }) => work.map(({ minute }) => minute));
    const [ownFrom, ownUntil] = [quantile(minutes, OWN.from), quantile(minutes, OWN.until)];
    let best: { claim: PeakClaim; excess: number } | null = null;
    for (const length of LENGTHS)
      for (let from = Math.floor(ownFrom / 60); from + length <= Math.ceil(ownUntil / 60); from++) {
        const claim = { from, until: from + length, ownFrom, ownUntil };
        const even = mean(days.map((day) => evenShare(day, claim)));
        const beyond = days.map((day) => shareIn(day.work, claim) - evenShare(day, claim));
        const excess = mean(beyond);
        if (even + excess < RATIO * even || tOfMean(beyond, 0) < T) continue;
        if (!best || excess > best.excess) best = { claim, excess };
      }
    if (!best) return [];
    const { claim } = best;
    const sentence = `You get most done between ${clockTime(claim.from * 60)} and ${clockTime(claim.until * 60)}`;
    const unit = kind === 'commits' ? 'commits' : 'minutes of work';
    return [{ subject: 'band', workspace: null, claim, sentence, unit }];
  },

  judge({ claim }, week, kind) {
    const days = daysOf(week, kind);
    const work = days.flatMap((day) => day.work);
    if (work.length === 0) return null;
    const inside = work.filter((item) => isIn(item, claim));
    const even = days.reduce((sum, day) => sum + day.work.length * evenShare(day, claim), 0) / work.length;
    const rule = { least: PER_WEEK[kind]!, supports: 1.25 * even, contradicts: even };
    const refs = inside.map(({ event }) => ({ at: event.at, workspace: event.workspace }));
    return verdict(inside.length, work.length, rule, refs);
  },

  same: (a, b) => Math.min(a.until, b.until) > Math.max(a.from, b.from),
};

/** The work of a day, and from which minute to which somebody was there; null where that was not seen. */
interface Day {
  readonly work: readonly Placed[];
  readonly present: { readonly from: number; readonly until: number } | null;
}

function daysOf(week: Week, kind: EvidenceKind): Day[] {
  const present = new Map(
    presentDays(week).map(({ day, first, last }) => [day, { from: first.minute, until: last.minute }]),
  );
  return byDay(workOf(week, kind)).map(([day, work]) => ({ work, present: present.get(day) ?? null }));
}

/** Minutes in which something was edited, or commits: one item each. */
function workOf(week: Week, kind: EvidenceKind): Placed[] {
  if (kind === 'commits') return week.items.filter(({ event }) => event.kind === 'commit' && event.own);
  const minutes = new Map<number, Placed>();
  for (const item of week.items)
    if (item.event.kind === 'edit') minutes.set(item.day * 10_000 + item.minute, item);
  return [...minutes.values()];
}

function isIn({ minute }: Placed, { from, until }: PeakClaim): boolean {
  return from * 60 <= minute && minute < until * 60;
}

function shareIn(work: readonly Placed[], claim: PeakClaim): number {
  return work.filter((item) => isIn(item, claim)).length / work.length;
}

/**
 * The share of a day's work that would fall into the hours if it were spread evenly over that day: days that begin now
 * early, now late overlap about noon without any peak.
 */
function evenShare({ present }: Day, claim: PeakClaim): number {
  const { from, until } = present ?? { from: claim.ownFrom, until: claim.ownUntil };
  const shared = Math.min(until, claim.until * 60) - Math.max(from, claim.from * 60);
  return until > from ? Math.max(0, shared) / (until - from) : 0;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
