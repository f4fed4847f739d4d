import type { Levels } from '../protocol/index.ts';

/** How much each tells, as it was at a time. Plain data; what it is later is computed, never stored. */
export interface LimbicState {
  readonly levels: Readonly<Levels>;
  /** When `levels` held, ms. */
  readonly at: number;
  /** The last sign of the user, ms: idle days are counted from it. */
  readonly signAt: number;
}

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** systems.md, section 9. */
const START: Levels = { trust: 0.5, warmth: 0.6, arousal: 0.7, valence: 0.6 };
export const RULES = {
  /** Arousal keeps this much of itself over each idle day, */
  idleKeeps: 0.85,
  /** and does not fall below this by rest. */
  arousalFloor: 0.2,
  /** Valence keeps this much of its distance from the middle over each hour. */
  valenceKeeps: 0.9,
  valenceRest: 0.5,
  /** No event moves an axis by more than this share of what is left. */
  mostPerEvent: 0.1,
} as const;

/** A self that begins at `at`. */
export function begin(at: number): LimbicState {
  return { levels: START, at, signAt: at };
}

/**
 * What a state has become by `now`. Trust and warmth stay; arousal rests by whole idle days, which are 24 hours
 * without a sign of the user, the first after a sign not counted; valence returns to the middle. In steps or at once, the same: reading decays nothing.
 * A `now` before the state's own time counts as that.
 */
export function read({ levels, at, signAt }: LimbicState, now: number): Levels {
  if (now <= at) return levels;
  const { idleKeeps, arousalFloor, valenceKeeps, valenceRest } = RULES;
  const idle = idleDays(signAt, now) - idleDays(signAt, at);
  const rested = Math.max(Math.min(levels.arousal, arousalFloor), levels.arousal * idleKeeps ** idle);
  const away = (levels.valence - valenceRest) * valenceKeeps ** ((now - at) / HOUR);
  return { ...levels, arousal: rested, valence: valenceRest + away };
}

/** The same state, told as of a later time. */
export function rebase(state: LimbicState, now: number): LimbicState {
  return now <= state.at ? state : { ...state, levels: read(state, now), at: now };
}

/** A sign of the user: the idle days begin anew. */
export function seen(state: LimbicState, now: number): LimbicState {
  const then = rebase(state, now);
  return { ...then, signAt: Math.max(then.signAt, now) };
}

/** Takes a share `d` of what is left to 1. */
export function gain(level: number, d: number): number {
  return clamp(level + bounded(d) * (1 - level));
}

/** Takes a share `d` away. */
export function lose(level: number, d: number): number {
  return clamp(level - bounded(d) * level);
}

function idleDays(signAt: number, now: number): number {
  return Math.max(0, Math.floor((now - signAt) / DAY) - 1);
}

function bounded(d: number): number {
  return Math.min(Math.max(d, 0), RULES.mostPerEvent);
}

function clamp(level: number): number {
  return Math.min(Math.max(level, 0), 1);
}
