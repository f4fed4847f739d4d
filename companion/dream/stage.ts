import type { Writer } from '../store/index.ts';

/** What a stage of a dream gets. */
export interface StageContext {
  readonly signal: AbortSignal;
  /** The day that is dreamt of, as "2026-03-01". */
  readonly day: string;
  /** When the dream began: the time by which its rules judge, the same after an interruption. */
  readonly now: number;
  /** What an interrupted run of this stage saved last in this dream; null at first. */
  readonly checkpoint: unknown;
  /** What the stages before it did in this dream. */
  readonly results: Results;
  /** Saves where to go on from; with the transaction of a change, both are there or neither. */
  save(checkpoint: unknown, tx?: Writer): void;
  /** Tells how far the stage is (0-1) and what it does, in words. */
  progress(fraction: number, words: string): void;
}

/** Something that a person should look at; nothing is changed by itself. Ids only, the words are read when it is shown. */
export interface Finding {
  readonly kind: string;
  readonly ids: readonly string[];
}

/** What a stage did. */
export interface StageResult {
  /** How many of what; each name says what was done. */
  readonly counts: Readonly<Record<string, number>>;
  /** Ids of what it is about, a few. */
  readonly cited?: readonly string[];
  readonly review?: readonly Finding[];
}

export type Results = Readonly<Record<string, StageResult>>;

/** One part of a dream. It may run again over what it did already, without another change. */
export interface Stage {
  readonly name: string;
  /** In plain words, as what is going on: "Looking for themes". */
  readonly title: string;
  run(context: StageContext): Promise<StageResult>;
}

const MOST_CITED = 20;

/** What a stage did in two runs of one day. Pure. */
export function together(before: StageResult | undefined, after: StageResult): StageResult {
  if (!before) return after;
  const counts = { ...before.counts };
  for (const [name, n] of Object.entries(after.counts)) counts[name] = (counts[name] ?? 0) + n;
  const cited = [...new Set([...(after.cited ?? []), ...(before.cited ?? [])])].slice(0, MOST_CITED);
  return { counts, ...(cited.length > 0 && { cited }), ...(after.review && { review: after.review }) };
}
