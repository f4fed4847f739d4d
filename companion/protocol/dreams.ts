import { z } from 'zod';
import { id, time } from './primitives.ts';
import { job } from './system.ts';

export const dreamStatus = z.enum(['running', 'done', 'cancelled', 'skipped']);

/** Something that a person should look at; the dream changed nothing about it. */
export const dreamFinding = z.strictObject({
  /** `contradiction`: two facts that both hold and say different things; others as their rooms name them. */
  kind: z.string(),
  text: z.string(),
  ids: z.array(id),
});

/** One night's run, with what it did. */
export const dream = z.strictObject({
  /** The day that it belongs to: what was missed at night keeps its day. */
  day: z.string().regex(/^\d{4}-\d\d-\d\d$/),
  status: dreamStatus,
  /** Whether the hour or a person asked for it. */
  asked: z.enum(['schedule', 'person']),
  startedAt: time,
  finishedAt: time.nullable(),
  stages: z.array(
    z.strictObject({
      name: z.string(),
      /** What it does, in plain words. */
      title: z.string(),
      state: z.enum(['waiting', 'running', 'done', 'failed']),
      /** How many of what it did. */
      counts: z.record(z.string(), z.number().int().nonnegative()),
    }),
  ),
  /** What it did, a sentence a line; empty before it has ended. */
  lines: z.array(z.string()),
  /** The theme that most of what is new belongs to. */
  theme: z.strictObject({ id, name: z.array(z.string()) }).nullable(),
  review: z.array(dreamFinding),
  /** Records that it wrote or merged, a few of them, as they are now. */
  cited: z.array(z.strictObject({ id, excerpt: z.string() })),
});
export type Dream = z.infer<typeof dream>;

export const dreamRunInput = z.strictObject({
  /** Also with little or nothing that is new. */
  force: z.boolean().default(false),
});

export const dreamAnswer = z.strictObject({
  /** The job that tells its progress and by which it is cancelled; null where there is nothing to do. */
  job: job.nullable(),
  /** What happens now, or why nothing does. */
  message: z.string(),
});
export type DreamAnswer = z.infer<typeof dreamAnswer>;
