import { type Random, randomInt } from '../kernel/index.ts';
import type { Day } from './calendar.ts';
import type { ProjectName, Thread } from './life-types.ts';
import { handbook } from './threads/handbook.ts';
import { harbor } from './threads/harbor.ts';
import { packrat } from './threads/packrat.ts';
import { tern } from './threads/tern.ts';

/** A stretch of work on one thread on one day. */
export interface Stretch {
  readonly day: number;
  readonly from: number;
  readonly until: number;
}

/** A thread with the time that it takes. */
export interface Planned extends Thread {
  readonly project: ProjectName;
  readonly n: number;
  readonly stretches: readonly Stretch[];
  /** When it was merged or dropped; null for what is open still. */
  readonly endsAt: number | null;
}

const MINUTE = 60_000;
const ALL: Readonly<Record<ProjectName, readonly Thread[]>> = { tern, harbor, packrat, handbook };
/** What is open at the end began lately; what went stale was left in the third month. */
const OPEN_FROM = 0.965;
const STALE_FROM = 0.55;

/** All threads in the order of their beginnings, with the days on which they are worked on. Pure. */
export function scheduleOf(days: readonly Day[], random: Random): Planned[] {
  const working = days.flatMap((day, i) => (day.until > day.from ? [i] : []));
  const begins = (Object.entries(ALL) as [ProjectName, readonly Thread[]][])
    .flatMap(([project, threads]) =>
      threads.map((thread, i) => ({ project, thread, share: shareOf(thread, (i + 0.4) / threads.length) })),
    )
    .sort((a, b) => a.share - b.share);
  const load = new Map<number, number>();
  return begins.map(({ project, thread, share }, n): Planned => {
    const wanted = thread.commits.length + 1 + randomInt(random, 2);
    const first = Math.min(Math.floor(share * working.length), working.length - 2);
    const chosen = daysFrom(working, first, wanted, load);
    const stretches = chosen.flatMap((day) => stretchOf(days[day]!, day, load, random) ?? []);
    const last = stretches.at(-1);
    const ended = thread.end === undefined || thread.end === 'dropped';
    return { ...thread, project, n, stretches, endsAt: ended && last ? last.until : null };
  });
}

function shareOf({ end }: Thread, share: number): number {
  if (end === 'open') return OPEN_FROM + share / 100;
  // Nothing that is finished begins so late that it could not be.
  return end === 'stale' ? STALE_FROM + share / 20 : share * 0.985;
}

const MOST_A_DAY = 3;

function daysFrom(
  working: readonly number[],
  first: number,
  wanted: number,
  load: Map<number, number>,
): number[] {
  const chosen: number[] = [];
  for (let i = first; i < working.length && chosen.length < wanted; i++) {
    const day = working[i]!;
    const taken = load.get(day) ?? 0;
    if (taken >= MOST_A_DAY) continue;
    load.set(day, taken + 1);
    chosen.push(day);
  }
  return chosen;
}

/** A third of the day, the thirds in the order in which threads took the day. */
function stretchOf(day: Day, index: number, load: Map<number, number>, random: Random): Stretch | null {
  const slot = ((load.get(index) ?? 1) - 1) % MOST_A_DAY;
  const third = Math.floor((day.until - day.from) / MOST_A_DAY);
  if (third < 30 * MINUTE) return null;
  const from = day.from + slot * third + (5 + randomInt(random, 12)) * MINUTE;
  const until = Math.min(from + third - 20 * MINUTE, day.until - 3 * MINUTE);
  return until - from < 15 * MINUTE ? null : { day: index, from, until };
}
