import type { Tone } from '../protocol/index.ts';

/** Where each tone stands: how pleasant and how awake, each 0 to 1 (the circumplex of Russell, 1980). */
const PLACES: Readonly<Record<Tone, readonly [pleasant: number, awake: number]>> = {
  calm: [0.7, 0.2],
  curious: [0.6, 0.5],
  focused: [0.5, 0.6],
  playful: [0.9, 0.8],
  tense: [0.2, 0.9],
  weary: [0.2, 0.1],
};

/** How far one tone is from another: 0 for the same, about 1 for the furthest. Pure. */
export function shiftBetween(one: Tone, other: Tone): number {
  const [a, b] = [PLACES[one], PLACES[other]];
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}
