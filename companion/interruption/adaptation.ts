import { count } from '../kernel/index.ts';
import type { Settings } from '../protocol/index.ts';
import type { Moment } from './moments.ts';

/** A tap that is over. */
export interface PastTap {
  readonly at: number;
  readonly moment: Moment;
  readonly outcome: 'engaged' | 'dismissed' | 'ignored';
}

/** A number of the policy that is not what the settings say, because of how taps were answered. */
export interface AdaptedNumber {
  readonly name: 'refractoryMinutes' | 'idleSeconds' | 'saveQuietSeconds' | 'wait';
  /** The moment it is about; null for all. */
  readonly moment: Moment | null;
  readonly from: number;
  readonly to: number;
  readonly unit: 'min' | 's';
  /** What it rests on, in words. */
  readonly why: string;
}

/** Seconds that a boundary must have lasted, by moment, before it may be used. Absent: none. */
export type Waits = Readonly<Partial<Record<Moment, number>>>;

export interface Adaptation {
  readonly settings: Settings;
  readonly waits: Waits;
  readonly changes: readonly AdaptedNumber[];
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** Answers older than this say nothing about now. */
export const REMEMBERED_MS = 60 * DAY_MS;
/** Fewer answers than these are chance: at one moment, and at all of them. */
const ENOUGH_AT_MOMENT = 5;
const ENOUGH = 8;
/** Shares of engagement below which taps come harder, and above which they come easier. */
const LOW = 0.3;
const HIGH = 0.6;
/** The most that a quiet may be stretched, and the pause between taps. */
const MOST_QUIET = 2;
const MOST_PAUSE = 1.5;
/** The longest wait after a boundary; it is open for a minute. */
const MOST_WAIT_SECONDS = 30;

/**
 * The numbers of the policy as the answers to past taps adapt them, within fixed limits (systems.md, section 2). A
 * moment at which taps are mostly dismissed needs up to twice the quiet, or up to 30 s more after its boundary; a
 * person who engages with most taps hears after a pause that is shorter, down to `shortestRefractoryMinutes`, and one
 * who dismisses most after one up to half as long again. What was ignored counts for neither: nobody can know that it
 * was seen. Taps a day, quiet hours, pauses, and the seconds after typing never change; and a pause that dismissals
 * have doubled is not shortened. Pure.
 */
export function adapt(settings: Settings, past: readonly PastTap[], now: number): Adaptation {
  if (!settings.interruption.adapt) return { settings, waits: {}, changes: [] };
  const answered = past.filter(({ at, outcome }) => now - at <= REMEMBERED_MS && outcome !== 'ignored');
  const interruption = { ...settings.interruption };
  const waits: Partial<Record<Moment, number>> = {};
  const changes: AdaptedNumber[] = [];

  const pause = pauseOf(settings, past, answered);
  if (pause) {
    interruption.refractoryMinutes = pause.to;
    changes.push(pause);
  }
  for (const [moment, taps] of Map.groupBy(answered, ({ moment }) => moment)) {
    const strength = strengthOf(taps);
    if (taps.length < ENOUGH_AT_MOMENT || strength <= 0) continue;
    const why = said(taps);
    if (moment === 'idle' || moment === 'save') {
      const name = moment === 'idle' ? 'idleSeconds' : 'saveQuietSeconds';
      const from = interruption[name];
      const to = Math.round(from * (1 + strength * (MOST_QUIET - 1)));
      if (to === from) continue;
      interruption[name] = to;
      changes.push({ name, moment, from, to, unit: 's', why });
    } else {
      const to = Math.round(strength * MOST_WAIT_SECONDS);
      if (to === 0) continue;
      waits[moment] = to;
      changes.push({ name: 'wait', moment, from: 0, to, unit: 's', why });
    }
  }
  return { settings: { ...settings, interruption }, waits, changes };
}

function pauseOf(
  { interruption: s }: Settings,
  past: readonly PastTap[],
  answered: readonly PastTap[],
): AdaptedNumber | null {
  if (answered.length < ENOUGH) return null;
  const share = shareOf(answered);
  const from = s.refractoryMinutes;
  const why = `you took up ${engagedOf(answered)} of ${count(answered.length, 'tap')} in ${count(REMEMBERED_MS / DAY_MS, 'day')}`;
  const of = (to: number): AdaptedNumber | null =>
    to === from ? null : { name: 'refractoryMinutes', moment: null, from, to, unit: 'min', why };
  if (share < LOW) {
    const longest = Math.max(from, s.maxRefractoryMinutes);
    return of(Math.min(longest, inFives(from * (1 + ((LOW - share) / LOW) * (MOST_PAUSE - 1)))));
  }
  const dismissed = past.length - 1 - past.findLastIndex(({ outcome }) => outcome === 'engaged');
  const inARow = past.slice(past.length - dismissed).filter(({ outcome }) => outcome === 'dismissed').length;
  if (share <= HIGH || inARow >= s.dismissalsToDouble) return null;
  const floor = Math.min(from, s.shortestRefractoryMinutes);
  return of(Math.max(floor, inFives(from - ((share - HIGH) / (1 - HIGH)) * (from - floor))));
}

/** How far below `LOW` the engagement with some taps is, from 0 to 1; nothing or less where it is not. */
function strengthOf(taps: readonly PastTap[]): number {
  return (LOW - shareOf(taps)) / LOW;
}

/** The share of engagement, with one answer of each kind beforehand: a few taps are no certainty. */
function shareOf(taps: readonly PastTap[]): number {
  return (engagedOf(taps) + 1) / (taps.length + 2);
}

function engagedOf(taps: readonly PastTap[]): number {
  return taps.filter(({ outcome }) => outcome === 'engaged').length;
}

function said(taps: readonly PastTap[]): string {
  return `you took up ${engagedOf(taps)} of ${count(taps.length, 'such tap')}`;
}

function inFives(minutes: number): number {
  return Math.round(minutes / 5) * 5;
}
