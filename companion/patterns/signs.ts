import type { WorkEvent } from '../timeline/index.ts';
import { MINUTE } from './pattern.ts';

/** A pause longer than this is a break: what lies in it is no time at work. */
const BREAK_MS = 15 * MINUTE;

/**
 * Whether an event shows that the user is at it. What others commit, what the state of a loop is and what a language
 * server counts come about without the user too. Pure.
 */
export function isSignOfWork(event: WorkEvent): boolean {
  switch (event.kind) {
    case 'edit':
    case 'switch':
    case 'test':
    case 'branch':
      return true;
    case 'focus':
      return event.focused;
    case 'debug':
      return event.active;
    case 'commit':
      return event.own;
    case 'errors':
    case 'loop':
    case 'risk':
      return false;
  }
}

/** Time at work, in ms, up to the last sign of it. */
export interface WorkClock {
  readonly total: number;
  readonly last: number | null;
}

export const unworked: WorkClock = { total: 0, last: null };

/** Counts the time up to a sign of work, breaks left out. Pure. */
export function worked(clock: WorkClock, event: WorkEvent): WorkClock {
  if (!isSignOfWork(event)) return clock;
  const { total, last } = clock;
  if (last === null) return { total, last: event.at };
  if (event.at <= last) return clock;
  const gap = event.at - last;
  return { total: gap > BREAK_MS ? total : total + gap, last: event.at };
}
