import { z } from 'zod';
import { chatTurn, thought, thoughtsListInput } from './chat.ts';
import { workspacePath } from './primitives.ts';

/** The steps on the way to one answer, in the order in which they were taken. */
export const thoughtTrail = z.strictObject({
  /** The question, and what became of it; null where nobody asked: the council, a dream. */
  turn: chatTurn
    .pick({
      id: true,
      conversation: true,
      workspace: true,
      at: true,
      question: true,
      citations: true,
      answeredBy: true,
      outcome: true,
    })
    .nullable(),
  thoughts: z.array(thought),
});
export type ThoughtTrail = z.infer<typeof thoughtTrail>;

export const thoughtTrailsInput = z.strictObject({
  /** Questions that were asked of this folder. Left out: all. */
  workspace: workspacePath.optional(),
  step: thoughtsListInput.shape.step,
  /** All of these words, in the thought or in its question. */
  text: thoughtsListInput.shape.text,
  since: thoughtsListInput.shape.since,
  /** So many questions. */
  limit: z.number().int().min(1).max(200).default(30),
});
