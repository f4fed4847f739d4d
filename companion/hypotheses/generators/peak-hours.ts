import { type EvidenceKind, type Generator, verdict } from '../generator.ts';
import { quantile, tOfMean } from '../statistics.ts';
import type { Placed, Week } from '../weeks.ts';
import { clockTime } from './words.ts';

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
/** So many days at least, each with so many minutes (or commits) of work. */
const DAYS: Readonly<Record<string, number>> = { editing: 8, commits: 20 };
const PER_DAY: Readonly<Record<string, number>> = { editing: 10, commits: 1 };
const PER_WEEK: Readonly<Record<string, number>> = { editing: 40, commits: 5 };
/** So many times the even share, */
const RATIO = 1.5;
/** and so sure over the days: the one-sided 5 % for some sixty bands that are tried, at ten days. */
const T = 4;
/** The hours in which nine tenths of the work lie are its own: a look at the screen at midnight stretches no day. */
const OWN = { from: 0.05, until: 0.95 };

/** The hours in which most work is done, far beyond an even spread over the hours of each day. */
export const peakHours: Generator<PeakClaim> = {
  name: 'peak_hours',
  kinds: ['editing', 'commits'],

  propose(weeks, kind) {
    const work = weeks.flatMap((week) => workOf(week, kind));
    const days = daysOf(work).filter((day) => day.length >= PER_DAY[kind]!);
    if (days.length < DAYS[kind]!) return null;
    const own = ownHours(work);
    let best: { claim: PeakClaim; excess: number } | null = null;
    for (const length of LENGTHS)
      for (
        let from = Math.floor(own.from / 60);
        (from + length) * 60 <= Math.ceil(own.until / 60) * 60;
        from++
      ) {
        const claim = { from, until: from + length, ownFrom: own.from, ownUntil: own.until };
        const beyond = days.map((day) => shareIn(day, claim) - evenShare(day, claim, kind));
        const even = mean(days.map((day) => evenShare(day, claim, kind)));
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
    const work = workOf(week, kind);
    if (work.length === 0) return null;
    const inside = work.filter((item) => isIn(item, claim));
    const even =
      daysOf(work).reduce((sum, day) => sum + day.length * evenShare(day, claim, kind), 0) / work.length;
    const rule = { least: PER_WEEK[kind]!, supports: 1.25 * even, contradicts: even };
    const refs = inside.map(({ event }) => ({ at: event.at, workspace: event.workspace }));
    return verdict(inside.length, work.length, rule, refs);
  },

  same: (a, b) => Math.min(a.until, b.until) > Math.max(a.from, b.from),
};

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

function daysOf(work: readonly Placed[]): Placed[][] {
  return [...Map.groupBy(work, ({ day }) => day).values()];
}

function ownHours(work: readonly Placed[]): { from: number; until: number } {
  const minutes = work.map(({ minute }) => minute);
  return { from: quantile(minutes, OWN.from), until: quantile(minutes, OWN.until) };
}

/**
 * The share of a day's work that would fall into the hours if it were spread evenly over that day: days that begin now
 * early, now late overlap about noon without any peak. A day of a few commits has no hours; the user's own are taken.
 */
function evenShare(day: readonly Placed[], claim: PeakClaim, kind: EvidenceKind): number {
  const { from, until } = kind === 'commits' ? { from: claim.ownFrom, until: claim.ownUntil } : ownHours(day);
  const shared = Math.min(until, claim.until * 60) - Math.max(from, claim.from * 60);
  return until > from ? Math.max(0, shared) / (until - from) : 0;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
