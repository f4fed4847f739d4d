import { z } from 'zod';
import { id, relativeFile, sha, time, workspacePath } from './primitives.ts';

export const habitGenerator = z.enum([
  'rhythm',
  'peak_hours',
  'test_order',
  'commit_size',
  'branch_habit',
  'files_together',
]);

/**
 * forming: two weeks bore it out, none since. waiting: ready to be reviewed. confirmed, conditional (with an exception),
 * denied: the user's word. withdrawn: the user's work did not bear it out.
 */
export const reviewStatus = z.enum(['forming', 'waiting', 'confirmed', 'conditional', 'denied', 'withdrawn']);
export type ReviewStatus = z.infer<typeof reviewStatus>;

/** How one week of work bore on a belief. */
export const reviewEvidence = z.strictObject({
  /** The time of the last event of that week. */
  at: time,
  kind: z.enum(['editing', 'presence', 'commits', 'branches']),
  supports: z.boolean(),
  /** So many units went as believed, of so many. */
  hits: z.number().int().nonnegative(),
  of: z.number().int().nonnegative(),
  /** Some of the moments that it rests on. */
  moments: z.array(
    z.strictObject({
      at: time,
      /** Null where the folder is not known any more. */
      workspace: workspacePath.nullable(),
      commit: sha.optional(),
      files: z.array(relativeFile).optional(),
    }),
  ),
});

/** A belief about the user, as it stands for review. */
export const reviewItem = z.strictObject({
  id,
  generator: habitGenerator,
  /** One sentence, without its numbers. */
  text: z.string(),
  /** What it rests on, in words: "18 of 20 working days". */
  numbers: z.string(),
  status: reviewStatus,
  /** 0-1. */
  weight: z.number(),
  /** Weeks since it was formed that bore it out; with three of them and the user's Yes it is learned. */
  validations: z.number().int().nonnegative(),
  learned: z.boolean(),
  /** When it does not hold, in the user's words, and what was read from them; null for nothing. */
  except: z.string().nullable(),
  exceptRead: z.string().nullable(),
  /** The folder it is about; null for the person. */
  workspace: workspacePath.nullable(),
  since: time,
  formedAt: time,
  testedAt: time,
  answeredAt: time.nullable(),
  /** The newest week first. */
  evidence: z.array(reviewEvidence),
});
export type ReviewItem = z.infer<typeof reviewItem>;

export const reviewQueue = z.strictObject({
  items: z.array(reviewItem),
  /** So many more wait for another day. */
  more: z.number().int().nonnegative(),
});
export type ReviewQueue = z.infer<typeof reviewQueue>;

export const reviewAnswerInput = z
  .strictObject({
    id,
    answer: z.enum(['confirm', 'deny', 'context']),
    /** When it does not hold; for `context` alone. */
    text: z.string().trim().min(1).max(1000).optional(),
  })
  .refine(({ answer, text }) => (answer === 'context') === (text !== undefined), {
    path: ['text'],
    message: 'goes with the answer "context", and with that alone: when does it not hold?',
  });
export type ReviewAnswerInput = z.infer<typeof reviewAnswerInput>;

export const reviewListInput = z.strictObject({ status: z.array(reviewStatus).min(1).optional() });
