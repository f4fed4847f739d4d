import { z } from 'zod';
import { id, time } from './primitives.ts';

/** A recurring theme across memories and open loops. */
export const cluster = z.strictObject({
  id,
  /** The terms that tell it from the others, the most telling first. */
  name: z.array(z.string()),
  size: z.number().int().nonnegative(),
  /** Its newest members. */
  members: z.array(
    z.strictObject({
      id,
      kind: z.enum(['loop', 'whisper', 'memory', 'mask']),
      excerpt: z.string(),
      at: time,
    }),
  ),
});
export type Cluster = z.infer<typeof cluster>;
