import type { ToLocal } from '../interruption/index.ts';
import type { PatternEvidence, PatternKind, Settings } from '../protocol/index.ts';
import type { WorkEvent } from '../timeline/index.ts';

/** What detectors decide by, beside what they have seen. */
export interface PatternContext {
  readonly settings: Pick<Settings, 'patterns' | 'loops'>;
  readonly local: ToLocal;
}

/** What a detector sees at a moment. */
export interface Sighting {
  readonly subject: string;
  /**
   * Whether it is enough to begin a pattern. What is not may still keep one from ending: the way out is wider than
   * the way in, so that nothing flaps.
   */
  readonly firm: boolean;
  /** When what it is about began, ms since the epoch. */
  readonly since: number;
  readonly confidence: number;
  /** The rows of the timeline that it rests on, at most `MOST_EVIDENCE`; oldest first. */
  evidence(): readonly PatternEvidence[];
}

/** One pattern as a fold over what happens in one workspace. Pure; `S` is plain data of bounded size. */
export interface Detector<S> {
  readonly kind: PatternKind;
  readonly empty: S;
  /** The state after an event, or after time alone has passed (null). Events may come late: their own time counts. */
  step(state: S, event: WorkEvent | null, now: number, context: PatternContext): S;
  look(state: S, now: number, context: PatternContext): readonly Sighting[];
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const MOST_EVIDENCE = 50;

/** How sure a figure makes us: .5 where it just passes its threshold, .75 at the double, towards 1. Pure. */
export function confidenceOf(value: number, threshold: number): number {
  return Math.min(1, Math.max(0, 1 - threshold / (2 * Math.max(value, Number.EPSILON))));
}
