import { ProgenyError, type WheelReview } from '../protocol/index.ts';
import type { Plan, Program } from './types.ts';

/** Why a run that acts cannot go on. */
export type HaltWhy =
  /** A person stopped it. */
  | 'stopped'
  /** The companion is stopping, or the folder is being forgotten. */
  | 'closing'
  /** Leave was refused. */
  | 'refused'
  /** The folder is another than the one that was previewed. */
  | 'outdated'
  /** What it did does not pass. */
  | 'unverified'
  /** Something went wrong. */
  | 'failed';

/** A run cannot go on; it is taken back, or it never began. */
export class Halt extends Error {
  readonly why: HaltWhy;
  /** It asked for more than any contract allows. */
  readonly breach: boolean;
  /** A person's yes would allow it. */
  readonly click: boolean;
  /** What was refused of a plan, step by step. */
  readonly refused: readonly WheelReview[];

  constructor(
    why: HaltWhy,
    message: string,
    {
      breach = false,
      click = false,
      refused = [],
    }: { breach?: boolean; click?: boolean; refused?: readonly WheelReview[] } = {},
  ) {
    super(message);
    this.name = 'Halt';
    this.why = why;
    this.breach = breach;
    this.click = click;
    this.refused = refused;
  }
}

/** Programs that are not even run on a copy before a person has said yes to them. */
export class NeedsClick extends Halt {
  /** What was planned; null where it is a program that the plan itself needs. */
  readonly plan: Plan | null;
  readonly programs: readonly Program[];

  constructor(why: string, plan: Plan | null, programs: readonly Program[]) {
    super('refused', why, { click: true });
    this.plan = plan;
    this.programs = programs;
  }
}

/** What stopped a run, from its signal or from what was thrown. */
export function haltOf(error: unknown, signal: AbortSignal): Halt {
  if (signal.aborted)
    return signal.reason instanceof Halt ? signal.reason : new Halt('stopped', 'It was stopped.');
  if (error instanceof Halt) return error;
  // What a recipe, a copy or a writer forbids is more than any contract allows; all else is merely in the way.
  if (error instanceof ProgenyError && error.code === 'forbidden')
    return new Halt('refused', error.message, { breach: true });
  return new Halt('failed', error instanceof Error ? error.message : String(error));
}
