import { z } from 'zod';
import { id, time } from './primitives.ts';
import { MODES, POSTURES, TIERS } from './stance-words.ts';

const level = z.number().min(0).max(1);

/** What colours wording and pace, each 0-1. Only `trust` bounds what may be done. Never a statement about the user. */
export const levels = z.strictObject({ trust: level, warmth: level, arousal: level, valence: level });
export type Levels = z.infer<typeof levels>;
export const axis = z.enum(['trust', 'warmth', 'arousal', 'valence']);
export type Axis = z.infer<typeof axis>;

export const tier = z.enum(TIERS);
export const posture = z.enum(POSTURES);
export const mode = z.enum(MODES);

export const selfState = z.strictObject({
  ...levels.shape,
  tier,
  posture,
  mode,
  /** When it last moved, other than by time. */
  since: time,
  /** Mode, posture and tier in plain sentences. */
  words: z.string(),
});
export type SelfState = z.infer<typeof selfState>;

/** One axis before and after. */
const change = z.strictObject({ axis, from: level, to: level });
export const selfMoment = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('move'),
    at: time,
    /** The event of the log that it follows from. */
    seq: z.number().int().positive(),
    cause: z.string(),
    /** The cause in words. */
    words: z.string(),
    subject: z.string(),
    changes: z.array(change),
    levels,
  }),
  z.strictObject({ kind: z.literal('mark'), at: time, id, text: z.string() }),
]);
export type SelfMoment = z.infer<typeof selfMoment>;

export const selfHistoryInput = z.strictObject({
  limit: z.number().int().min(1).max(1000).default(50),
  /** Only what moved this; marks are always there. */
  axis: axis.optional(),
});
export const selfMarkInput = z.strictObject({ text: z.string().trim().min(1).max(200) });
