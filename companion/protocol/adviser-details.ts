import { z } from 'zod';
import { mask, proposalKind } from './council.ts';
import { answeredBy } from './language-models.ts';
import { id, time } from './primitives.ts';

/** One vote of an adviser: its word in the last round of a question. */
export const adviserVote = z.strictObject({
  proposal: id,
  kind: proposalKind,
  /** The loop or hypothesis that it was about; null for a free question. */
  subject: id.nullable(),
  question: z.string(),
  at: time,
  /** Null: it abstained. */
  choice: z.string().nullable(),
  reason: z.string(),
  /** What it counted then. */
  weight: z.number(),
  /** Whether it was borne out; null while that is not known, and for an abstention. */
  hit: z.boolean().nullable(),
  answeredBy,
});
export type AdviserVote = z.infer<typeof adviserVote>;

/** An adviser with where it comes from and how its votes came out. */
export const adviserDetails = z.strictObject({
  mask,
  /** What `masks.trace` knows it by. */
  key: z.string(),
  origin: z.strictObject({
    /** The note that it was made of; null where there was none, where it was forgotten, and where it is private. */
    text: z.string().nullable(),
    /** The note is private: it is there, and not shown. */
    private: z.boolean(),
    /** The adviser that it was made after. */
    parent: z.strictObject({ id, name: z.string() }).nullable(),
  }),
  /** Its last votes, the newest first. */
  votes: z.array(adviserVote).max(30),
  /**
   * How its record came to be: each vote whose outcome is known, in the order in which the questions were asked, with the
   * rate after it (the mean of Beta(2, 2)). The last 200.
   */
  history: z.array(z.strictObject({ at: time, hit: z.boolean(), rate: z.number().min(0).max(1) })).max(200),
});
export type AdviserDetails = z.infer<typeof adviserDetails>;

export const adviserFavourInput = z.strictObject({ id, favourite: z.boolean() });
