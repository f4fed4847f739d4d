import { z } from 'zod';
import { time } from './primitives.ts';

/** `short`: eight questions. `long`: fourteen. */
export const convergenceForm = z.enum(['short', 'long']);
export type ConvergenceForm = z.infer<typeof convergenceForm>;

/** The name of a question or of a part of its answer. */
const name = z.string().regex(/^[a-z][A-Za-z]{0,49}$/, 'a name such as "hardLines"');
/** What was typed, before it is read as the kind of answer that the part wants. */
const typed = z.string().max(4000);

/** One field of an answer. All are typed as text; the kind says how the text is read. */
export const convergencePart = z.strictObject({
  id: name,
  label: z.string(),
  /** `list`: one a line, or with ";" between. `hours`: "09:00-12:00, 14:00-16:30". `choice`: one of the options. */
  kind: z.enum(['text', 'list', 'choice', 'hours']),
  example: z.string(),
  options: z.array(z.strictObject({ value: z.string(), label: z.string() })),
});
export type ConvergencePart = z.infer<typeof convergencePart>;

export const convergenceQuestion = z.strictObject({
  id: name,
  question: z.string(),
  help: z.string(),
  parts: z.array(convergencePart),
  status: z.enum(['open', 'answered', 'skipped']),
  /** What was answered, by part, as it is read back; empty where nothing was. */
  answer: z.record(z.string(), z.string()),
});
export type ConvergenceQuestion = z.infer<typeof convergenceQuestion>;

/** One line of the mirror: what was understood, made from the answers alone. */
export const mirrorLine = z.strictObject({
  question: name,
  part: name,
  /** The words before the answer: "What breaks it". */
  lead: z.string(),
  /** The answer as a person reads it. */
  text: z.string(),
});
export type MirrorLine = z.infer<typeof mirrorLine>;

/** How far the onboarding conversation has come; a complete picture. */
export const convergence = z.strictObject({
  form: convergenceForm,
  /**
   * `new`: nothing was said. `asking`: questions are open. `mirror`: none is, and what was understood waits to be
   * corrected or kept. `finished`: heritage holds it. `skipped`: the user wants none of it; nothing asks again.
   */
  stage: z.enum(['new', 'asking', 'mirror', 'finished', 'skipped']),
  /** The first open question of the form. */
  next: name.nullable(),
  questions: z.array(convergenceQuestion),
  mirror: z.array(mirrorLine),
  finishedAt: time.nullable(),
});
export type Convergence = z.infer<typeof convergence>;

/** `form` chooses how many questions there are, from now on; left out, it stays as it was (at first: short). */
const form = { form: convergenceForm.optional() };

export const convergenceGetInput = z.strictObject(form);
export const convergenceAnswerInput = z.strictObject({
  question: name,
  /** By part; a part that is left out stays as it was, an empty one is taken back. */
  answer: z.record(name, typed),
  ...form,
});
export const convergenceSkipInput = z
  .strictObject({ question: name.optional(), all: z.literal(true).optional(), ...form })
  .refine(({ question, all }) => (question === undefined) !== (all === undefined), {
    message: 'either the question, or all: true',
  });
export const convergenceCorrectInput = z.strictObject({
  question: name,
  part: name,
  /** What it should say; empty takes the line back. */
  text: typed,
});
export const convergenceFinished = z.strictObject({
  convergence,
  /** The files of heritage that changed; none where they said the same already. */
  wrote: z.array(z.enum(['core', 'preferences'])),
});
export type ConvergenceFinished = z.infer<typeof convergenceFinished>;
