import { z } from 'zod';
import { id, line, relativeFile, sha, time, workspacePath } from './primitives.ts';

/** What sort of thing is remembered. Episodes and turns of a conversation are never merged with others. */
export const memoryKind = z.enum([
  'episode',
  'fact',
  'decision',
  'observation',
  'whisper',
  'conversation',
  'hypothesis',
  'dream',
]);
export type MemoryKind = z.infer<typeof memoryKind>;

/** Where a record comes from: what a click on it opens. */
export const memorySource = z.strictObject({
  uri: z.string().max(4096).optional(),
  file: relativeFile.optional(),
  line: line.optional(),
  commit: sha.optional(),
  /** The id that the message has where it comes from. */
  message: z.string().max(512).optional(),
});
export type MemorySource = z.infer<typeof memorySource>;

export const memoryRecord = z.strictObject({
  id,
  /** Null for what belongs to no workspace. */
  workspace: workspacePath.nullable(),
  kind: memoryKind,
  content: z.string(),
  /** Who said or wrote it. */
  author: z.string().nullable(),
  source: memorySource,
  /** What it was said in, and which in the order there, from 0. */
  session: z.string().nullable(),
  position: z.number().int().nonnegative().nullable(),
  happenedAt: time,
  recordedAt: time,
  /** From 0 to 1. */
  salience: z.number().min(0).max(1),
  tags: z.array(z.string()),
  pinned: z.boolean(),
});
export type MemoryRecord = z.infer<typeof memoryRecord>;

export const rememberInput = z.strictObject({
  workspace: workspacePath.optional(),
  kind: memoryKind.default('observation'),
  content: z
    .string()
    .max(1_048_576)
    .refine((text) => text.trim() !== '', 'something that is not blank'),
  author: z.string().trim().min(1).max(200).optional(),
  source: memorySource.default({}),
  /** Turns of one conversation share this; they keep the order in which they are remembered. */
  session: z.string().min(1).max(512).optional(),
  /** Left out: now. */
  happenedAt: time.optional(),
  salience: z.number().min(0).max(1).default(0.5),
  tags: z.array(z.string().trim().min(1).max(100)).max(50).default([]),
  pinned: z.boolean().default(false),
});

export const recallInput = z.strictObject({
  query: z.string().max(10_000),
  workspace: workspacePath.optional(),
  kinds: z.array(memoryKind).min(1).optional(),
  since: time.optional(),
  until: time.optional(),
  limit: z.number().int().min(1).max(100).default(10),
});

/** Why a record was recalled: what each part added to its score. */
export const scoreParts = z.strictObject({
  /** The words of the query that it has itself. */
  words: z.number(),
  /** What was said right before and after it in the same session. */
  neighbours: z.number(),
  /** How much else of its session speaks to the query. */
  session: z.number(),
  /** It was said by somebody whom the query names. */
  author: z.number(),
});
export type ScoreParts = z.infer<typeof scoreParts>;

export const recalled = z.strictObject({ record: memoryRecord, score: z.number(), parts: scoreParts });
export type Recalled = z.infer<typeof recalled>;

export const recentInput = z.strictObject({
  workspace: workspacePath.optional(),
  kinds: z.array(memoryKind).min(1).optional(),
  limit: z.number().int().min(1).max(1000).default(20),
});
