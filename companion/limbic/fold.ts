import type { Axis, Event, Levels, Tier } from '../protocol/index.ts';
import { type Cause, move } from './causes.ts';
import { begin, type LimbicState, rebase, seen } from './levels.ts';
import { isSign, meaningOf } from './read-event.ts';
import { tierOf } from './tier.ts';

/** Which successes counted of late. Several days are kept, so that a clock that goes to and fro begins none anew. */
export interface Credited {
  /** The newest last: on which day, of which recipe, by which run. */
  readonly successes: readonly { readonly day: number; readonly recipe: string; readonly run: string }[];
}

/** All that follows from the log so far. Plain data. */
export interface Self {
  readonly state: LimbicState;
  readonly credited: Credited;
  /** When it last moved, other than by time, ms; else when it began. */
  readonly movedAt: number;
  /** The last burst of activity, ms; 0 for none. */
  readonly burstAt: number;
  /** The last change of tier, where it was a fall. */
  readonly lost: Downgrade | null;
}

/** A fall to a lower tier. */
export interface Downgrade {
  readonly at: number;
  readonly cause: Cause;
  readonly from: Tier;
  readonly to: Tier;
}

/** What one event moved. */
export interface Move {
  readonly seq: number;
  readonly at: number;
  readonly cause: Cause;
  readonly subject: string;
  readonly changes: Readonly<Partial<Record<Axis, readonly [from: number, to: number]>>>;
  readonly state: LimbicState;
}

/** The day that a time belongs to, as a number. */
export type DayOf = (at: number) => number;

/** Successes of one recipe that count on one day: a recipe that is easy is no proof of much. */
const MOST_A_DAY = 3;
/** Successes that are remembered: more than there are recipes, for many days. */
export const CREDITS_KEPT = 500;
const NO_CREDIT: Credited = { successes: [] };
/** Load counts as high for this long after a burst. */
const BURST_MS = 60 * 60 * 1000;

export function newSelf(at: number): Self {
  return { state: begin(at), credited: NO_CREDIT, movedAt: at, burstAt: 0, lost: null };
}

/** Takes up one event of the log; `move` is null where it moves nothing. Pure. */
export function take(self: Self, event: Event, dayOf: DayOf): { self: Self; move: Move | null } {
  const present = isSign(event) ? { ...self, state: seen(self.state, event.at) } : self;
  const meaning = meaningOf(event);
  if (!meaning) return { self: present, move: null };
  if (!('success' in meaning)) return moved(present, event, meaning.cause);
  const credited = credit(present.credited, {
    day: dayOf(event.at),
    recipe: meaning.success,
    run: event.subject,
  });
  return credited ? moved({ ...present, credited }, event, 'wheel.success') : { self: present, move: null };
}

/** One more success; null where its recipe has had as many on that day as count, or this run has counted already. */
export function credit({ successes }: Credited, success: Credited['successes'][number]): Credited | null {
  if (successes.some(({ run }) => run === success.run)) return null;
  const before = successes.filter(({ day, recipe }) => day === success.day && recipe === success.recipe);
  if (before.length >= MOST_A_DAY) return null;
  return { successes: [...successes.slice(-CREDITS_KEPT + 1), success] };
}

/** How much is on the user's plate, as far as the log tells, 0-1. */
export function loadOf({ burstAt }: Self, now: number): number {
  return burstAt > 0 && now - burstAt < BURST_MS ? 1 : 0;
}

/** The tiers before and after a move; null where it stays the same. */
export function tierChange({ changes: { trust } }: Pick<Move, 'changes'>): { from: Tier; to: Tier } | null {
  if (!trust) return null;
  const [from, to] = [tierOf(trust[0]), tierOf(trust[1])];
  return from === to ? null : { from, to };
}

/** Null for a move that lost no tier. */
export function downgradeOf(move: Pick<Move, 'at' | 'cause' | 'changes'>): Downgrade | null {
  const turn = tierChange(move);
  return turn && turn.to < turn.from ? { at: move.at, cause: move.cause, ...turn } : null;
}

function moved(self: Self, { seq, at, subject }: Event, cause: Cause): { self: Self; move: Move } {
  const before = rebase(self.state, at);
  const state = move(self.state, cause, at);
  const changes = Object.fromEntries(
    (Object.keys(state.levels) as (keyof Levels)[])
      .filter((axis) => state.levels[axis] !== before.levels[axis])
      .map((axis) => [axis, [before.levels[axis], state.levels[axis]]]),
  );
  const burstAt = cause === 'burst' ? at : self.burstAt;
  const made: Move = { seq, at, cause, subject, changes, state };
  const lost = tierChange(made) ? downgradeOf(made) : self.lost;
  return { self: { ...self, state, burstAt, movedAt: at, lost }, move: made };
}
