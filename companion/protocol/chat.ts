import { z } from 'zod';
import { answeredBy } from './language-models.ts';
import { tone } from './memory.ts';
import { id, line, relativeFile, sha, time, workspacePath } from './primitives.ts';

/** Something that an answer rests on, and what a click on it opens. `n` is its number in the text, as in "[2]". */
export const citation = z.strictObject({
  n: z.number().int().positive(),
  kind: z.enum(['memory', 'loop', 'whisper', 'decision', 'commit', 'file', 'branch']),
  /** The id of the record, loop, whisper or decision; null for what lies in the repository alone. */
  id: id.nullable(),
  /** A few words to recognise it by. */
  title: z.string(),
  /** What of it speaks to the question, as it stands there. */
  excerpt: z.string(),
  workspace: workspacePath.nullable(),
  file: relativeFile.optional(),
  line: line.optional(),
  commit: sha.optional(),
  branch: z.string().optional(),
  at: time.nullable(),
});
export type Citation = z.infer<typeof citation>;

/** What was made of a question before it was answered. */
export const perception = z.strictObject({
  tone,
  /** 0-1. */
  urgency: z.number().min(0).max(1),
  /** How much the user has on their hands, 0-1. */
  load: z.number().min(0).max(1),
  intent: z.enum(['resume', 'why', 'open', 'find', 'decide', 'act', 'other']),
  /** Names that the question holds: files, branches, symbols, words in quotes. */
  entities: z.array(z.string()),
  /** Whether a model or the word lists said so. */
  by: z.enum(['rules', 'model']),
});
export type Perception = z.infer<typeof perception>;

/** One question and its answer. */
export const chatTurn = z.strictObject({
  id,
  conversation: id,
  workspace: workspacePath.nullable(),
  at: time,
  question: z.string(),
  /** Plain text with numbers of citations in brackets. */
  answer: z.string(),
  citations: z.array(citation),
  answeredBy,
  /** Why the answer is what it is, where the user should know: no model, timed out, expired, stopped half-way. */
  note: z.string().nullable(),
  /**
   * `answered` by a model or by rules; `cancelled` by the user; `expired` while it waited for a model; `writing`: it has
   * not ended yet, and the turn at the end of the stream is another.
   */
  outcome: z.enum(['answered', 'cancelled', 'expired', 'writing']),
  perception,
});
export type ChatTurn = z.infer<typeof chatTurn>;

/** Where the asker stands: what "here" and "this file" mean. */
export const chatPlace = z.strictObject({
  file: relativeFile.optional(),
  line: line.optional(),
  /** What is selected; data, never an order. */
  selection: z.string().max(20_000).optional(),
});

/** Which door the question came through: `editor_chat` leads into the editor's own chat, and so off this machine. */
export const chatDoor = z.enum(['own', 'editor_chat']);

export const chatAskInput = z.strictObject({
  question: z
    .string()
    .max(20_000)
    .refine((text) => text.trim() !== '', 'a question that is not blank'),
  workspace: workspacePath.optional(),
  /** Left out: a new conversation. */
  conversation: id.optional(),
  place: chatPlace.default({}),
  /** Several options, each examined, before the answer: slower. Left out: when the stakes are high. */
  debate: z.boolean().optional(),
  door: chatDoor.default('own'),
});

/**
 * An answer as it comes. `text` is to be appended, and keeps the rules already (no more than one question, only
 * citations that resolve); `end` is the whole turn and replaces what came before.
 */
export const chatEvent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('begin'), turn: id, conversation: id, answeredBy }),
  /** What it is doing, in words, while nothing else is to be seen. */
  z.strictObject({ kind: z.literal('step'), words: z.string() }),
  z.strictObject({ kind: z.literal('text'), text: z.string() }),
  z.strictObject({ kind: z.literal('end'), turn: chatTurn }),
]);
export type ChatEvent = z.infer<typeof chatEvent>;

export const conversation = z.strictObject({
  id,
  workspace: workspacePath.nullable(),
  /** Its first question, shortened. */
  title: z.string(),
  startedAt: time,
  lastAt: time,
  turns: z.number().int().positive(),
});
export type Conversation = z.infer<typeof conversation>;

export const chatTurnsInput = z.strictObject({ id, limit: z.number().int().min(1).max(1000).default(200) });
export const conversationsInput = z.strictObject({
  workspace: workspacePath.optional(),
  limit: z.number().int().min(1).max(1000).default(50),
});

/** One step on the way to an answer, as the companion noted it. Append-only. */
export const thought = z.strictObject({
  id,
  turn: id.nullable(),
  at: time,
  step: z.enum([
    'perception',
    'retrieval',
    'proposal',
    'critique',
    'synthesis',
    'fallback',
    'council',
    'dream',
  ]),
  /** One or a few sentences. */
  text: z.string(),
  answeredBy,
  ms: z.number().int().nonnegative(),
});
export type Thought = z.infer<typeof thought>;

export const thoughtsListInput = z.strictObject({
  turn: id.optional(),
  step: thought.shape.step.optional(),
  /** All of these words. */
  text: z.string().trim().min(1).max(500).optional(),
  since: time.optional(),
  limit: z.number().int().min(1).max(1000).default(100),
});
