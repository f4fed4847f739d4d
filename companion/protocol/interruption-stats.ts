import { z } from 'zod';
import { time } from './primitives.ts';
import { interruption } from './signals.ts';

/** A decision with its reason in words: what kept it silent, or when it was told and what became of it. */
export const interruptionRow = interruption.extend({ words: z.string() });
export type InterruptionInWords = z.infer<typeof interruptionRow>;

const n = z.number().int().nonnegative();
const answers = {
  shown: n,
  engaged: n,
  dismissed: n,
  ignored: n,
  /** Half of the answers came sooner; null without answers. */
  medianResponseMs: z.number().nullable(),
};

/** How taps were received, and what the policy made of it. */
export const interruptionStats = z.strictObject({
  since: time,
  ...answers,
  /** Most shown first. */
  byMoment: z.array(z.strictObject({ moment: z.string(), words: z.string(), ...answers })),
  /** By the first word of the candidate. */
  byKind: z.array(z.strictObject({ kind: z.string(), ...answers })),
  /** What was kept back, by the gate that did it; most first. */
  silences: z.array(z.strictObject({ gate: z.string(), words: z.string(), n })),
  /** The budget as it stands. `nextAt`: the next ordinary tap comes no sooner; null: from now on. */
  budget: z.strictObject({
    today: n,
    perDay: n,
    pauseMinutes: z.number(),
    dismissalsInARow: n,
    nextAt: time.nullable(),
  }),
  /** Numbers that are not what the settings say, because of how taps were answered. */
  adapted: z.array(
    z.strictObject({
      name: z.string(),
      moment: z.string().nullable(),
      from: z.number(),
      to: z.number(),
      unit: z.enum(['min', 's']),
      words: z.string(),
    }),
  ),
});
export type InterruptionStats = z.infer<typeof interruptionStats>;
