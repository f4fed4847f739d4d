import { z } from 'zod';
import { id, time } from './primitives.ts';

const part = z.number().min(0).max(1);
export const driftBand = z.enum(['stable', 'moderate', 'volatile', 'chaotic', 'critical']);
export type DriftBand = z.infer<typeof driftBand>;

/** How far a loop has left its own scope, or a mask its baseline, with the reasons. */
export const drift = z.strictObject({
  /** A loop or a mask. */
  subject: id,
  kind: z.enum(['loop', 'mask']),
  at: time,
  /** 0-1. */
  rating: part,
  band: driftBand,
  /** What went into it, each 0-1, before its weight; null: not measured, and the weights of the others are stretched. */
  parts: z.strictObject({
    magnitude: part.nullable(),
    conflict: part.nullable(),
    forecast: part.nullable(),
    volatility: part.nullable(),
    age: part.nullable(),
  }),
  /** In words, the weightiest first: "9 of 12 edited files lie outside of src/parser". */
  reasons: z.array(z.string()),
  /** How much it rests on, 0-1. */
  confidence: part,
  /** Two windows in a row said so, and it was not told before. */
  alert: z.boolean(),
  /** What it is measured against: since when. */
  baselineAt: time,
});
export type Drift = z.infer<typeof drift>;
