import type { Evidence } from './hypothesis.ts';

/** systems.md, section 9: the weight at birth, and how far a week moves it. */
const BIRTH = 0.2;
const VALIDATED = 0.2;
const CONTRADICTED = -0.3;
/** After so long without a test it loses this much a week. */
const PATIENCE_DAYS = 30;
const FADES = -0.05;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Weeks that bore it out, beside the user's Yes, before it counts as learned. */
export const VALIDATIONS_TO_LEARN = 3;

export interface Weighed {
  /** 0-1. */
  readonly weight: number;
  readonly validations: number;
  /** When a week last bore on it. */
  readonly testedAt: number;
  /** Its weight has come to zero: nothing counts after that. */
  readonly spent: boolean;
}

/**
 * What a belief weighs, from its evidence alone: the weeks that it was formed from count for its birth, each later one
 * moves it. Pure: the same evidence and time give the same weight, however often it is asked.
 */
export function weigh(formedAt: number, evidence: readonly Evidence[], now: number): Weighed {
  let [weight, validations, testedAt] = [BIRTH, 0, formedAt];
  const done = () => ({ weight, validations, testedAt, spent: weight === 0 });
  for (const { at, supports } of evidence.toSorted((a, b) => a.at - b.at)) {
    if (at <= formedAt) continue;
    weight = moved(weight, fading(testedAt, at));
    if (weight === 0) return done();
    weight = moved(weight, supports ? VALIDATED : CONTRADICTED);
    testedAt = at;
    if (supports) validations++;
    if (weight === 0) return done();
  }
  weight = moved(weight, fading(testedAt, now));
  return done();
}

/** What is lost between two times without a test: for each whole week after the thirtieth day. */
function fading(from: number, until: number): number {
  const days = (until - from) / DAY_MS - PATIENCE_DAYS;
  return Math.max(0, Math.floor(days / 7)) * FADES;
}

/** Within 0-1, in hundredths: what is added and taken away again leaves no dust. */
function moved(weight: number, by: number): number {
  return Math.min(1, Math.max(0, Math.round((weight + by) * 100) / 100));
}
