import { DAY, type Thread, type Window } from './thread.ts';
import { type DriftParts, weigh } from './weights.ts';

/** A window counts with so many touches of the last day's habit beside its own: three touches are no share. */
const PRIOR = 4;
const RATED_BEFORE = 12;
const FEWEST_RATED = 3;
/** Idle for so many times `staleDays` is as old as it gets. */
const OLDEST = 2;
/** So many touches make a window half sure. */
const HALF_SURE = 8;
/** So many touches make a baseline. */
export const BASELINE_TOUCHES = 20;

export interface Measuring {
  readonly staleDays: number;
  /** How far the masks disagree about a loop, 0-1; null where they did not vote on it. */
  readonly conflict: number | null;
}

/**
 * The parts of a thread as of `now`, from its windows (systems.md, section 6). Pure.
 *
 * - magnitude: the share of this hour's edits outside of the scope, drawn towards that of the 24 h before;
 * - forecast: where the next hour comes to if it moves on as from the 24 h to this one;
 * - volatility: how far the ratings of the last windows lay from the baseline, root mean square. Not from their own
 *   mean: there a return to the scope would count as restlessness;
 * - age: days since it was worked on.
 */
export function measure(thread: Thread, now: number, { staleDays, conflict }: Measuring): DriftParts {
  const current = thread.windows.at(-1);
  const before = thread.windows.slice(0, -1);
  const idle = Math.max(0, now - thread.touchedAt) / DAY;
  const age = idle < 1 ? 0 : Math.min(1, idle / (OLDEST * staleDays));
  if (!current || thread.scope === null)
    return { magnitude: null, conflict, forecast: null, volatility: null, age };
  const day = before.filter(({ start }) => start >= current.start - DAY);
  const usual = sum(day, 'out') / (sum(day, 'n') + PRIOR);
  const magnitude = (current.out + PRIOR * usual) / (current.n + PRIOR);
  const rated = before.slice(-RATED_BEFORE);
  return {
    magnitude,
    conflict,
    forecast: day.length === 0 ? null : Math.min(1, Math.max(0, 2 * magnitude - usual)),
    volatility:
      rated.length < FEWEST_RATED
        ? null
        : Math.sqrt(rated.reduce((all, { rating }) => all + rating ** 2, 0) / rated.length),
    age,
  };
}

/** How much a rating rests on, 0-1: touches of the window, touches of the baseline, weight of what was measured. */
export function confidenceOf(thread: Thread, parts: DriftParts): number {
  const n = thread.windows.at(-1)?.n ?? 0;
  const evidence = n / (n + HALF_SURE);
  const baseline = Math.min(
    1,
    (thread.learned + Object.keys(thread.learning.files).length) / BASELINE_TOUCHES,
  );
  return evidence * baseline * Math.sqrt(weigh(parts).measured);
}

function sum(windows: readonly Window[], what: 'n' | 'out'): number {
  return windows.reduce((all, window) => all + window[what], 0);
}
