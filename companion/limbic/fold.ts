import type { Axis, Event, Levels, Tier } from '../protocol/index.ts';
import { type Cause, move } from './causes.ts';
import { begin, type LimbicState, rebase, seen } from './levels.ts';
import { isSign, meaningOf } from './read-event.ts';
import { tierOf } from './tier.ts';

/** How many successes of each recipe counted on the last day on which one did. */
export interface Credited {
  readonly day: number;
  readonly recipes: Readonly<Record<string, number>>;
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
const NO_CREDIT: Credited = { day: 0, recipes: {} };
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
  const credited = credit(present.credited, meaning.success, dayOf(event.at));
  return credited ? moved({ ...present, credited }, event, 'wheel.success') : { self: present, move: null };
}

/** One more success of a recipe on a day; null where it has had as many as count. */
export function credit({ day: known, recipes }: Credited, recipe: string, day: number): Credited | null {
  const today = day === known ? recipes : {};
  const before = Object.hasOwn(today, recipe) ? (today[recipe] ?? 0) : 0;
  return before >= MOST_A_DAY ? null : { day, recipes: { ...today, [recipe]: before + 1 } };
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
