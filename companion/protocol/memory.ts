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

/** Who put it there: agents' records never count as evidence, and only the companion's own episodes are archived. */
export const writtenBy = z.enum(['person', 'agent', 'companion']);
export type WrittenBy = z.infer<typeof writtenBy>;

/** What a record is tied to: `about` a loop, a `summary of` another record. */
export const memoryLink = z.strictObject({
  kind: z.string().trim().min(1).max(50).default('about'),
  /** An id. */
  target: z.string().min(1).max(200),
});

/** The only words for a mood. */
export const tone = z.enum(['calm', 'curious', 'focused', 'playful', 'tense', 'weary']);
export type Tone = z.infer<typeof tone>;

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
  links: z.array(memoryLink),
  pinned: z.boolean(),
  writtenBy,
  /** Never shown to agents nor let out through any door. */
  private: z.boolean(),
  tone: tone.nullable(),
  /** What a fact is about, such as "database": a new fact about the same closes the one before. */
  about: z.string().nullable(),
  /** When a fact began to hold and when it ceased; null for what is no fact, or holds still. */
  validFrom: time.nullable(),
  validTo: time.nullable(),
  /** The record that closed it. */
  closedBy: id.nullable(),
  lastAccessed: time.nullable(),
  accessCount: z.number().int().nonnegative(),
  archivedAt: time.nullable(),
  /** How often the same was said besides; `memories.trace` tells where. */
  merged: z.number().int().nonnegative(),
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
  /** An episode that is about an open loop is not archived. */
  links: z.array(memoryLink).max(50).default([]),
  pinned: z.boolean().default(false),
  private: z.boolean().default(false),
  tone: tone.optional(),
  /** For facts. Left out: found from what it says where that is certain. */
  about: z.string().trim().min(1).max(200).optional(),
  /** For facts. Left out: when it happened. */
  validFrom: time.optional(),
  validTo: time.optional(),
});

export const recallInput = z.strictObject({
  query: z.string().max(10_000),
  workspace: workspacePath.optional(),
  kinds: z.array(memoryKind).min(1).optional(),
  since: time.optional(),
  until: time.optional(),
  /** Only what this mask remembers by itself; left out: everything else. */
  mask: z.string().max(100).optional(),
  /** As things stood then: nothing that happened later, and the facts that held. */
  asOf: time.optional(),
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
  /** Its sentence vector, and those of its neighbours, are near the query's. */
  meaning: z.number(),
  /** Its tokens, read in their context, match those of the query one by one. */
  tokens: z.number(),
  /** It happened in the time that the query speaks of. */
  time: z.number(),
  /** It is new. */
  freshness: z.number(),
  /** It matters; less, where it is archived or holds no more. */
  salience: z.number(),
  /** Below 0: something nearly the same stands before it. */
  repeated: z.number(),
});
export type ScoreParts = z.infer<typeof scoreParts>;

export const recalled = z.strictObject({ record: memoryRecord, score: z.number(), parts: scoreParts });
export type Recalled = z.infer<typeof recalled>;

/** An answer says by what means it was found, so that a poor one can be told from an empty memory. */
export const recallOutput = z.strictObject({
  found: z.array(recalled),
  /** False: by words alone, for want of a sentence model (AMNESIA). */
  meaning: z.boolean(),
  /** The share of all records that have vectors, 0 to 1; the others are found by their words. */
  covered: z.number().min(0).max(1),
  /** What is amiss and what to do, in words; null when nothing is. */
  note: z.string().nullable(),
});
export type RecallOutput = z.infer<typeof recallOutput>;

export const updateMemoryInput = z.strictObject({
  id,
  pinned: z.boolean().optional(),
  private: z.boolean().optional(),
  tags: z.array(z.string().trim().min(1).max(100)).max(50).optional(),
  salience: z.number().min(0).max(1).optional(),
  about: z.string().trim().min(1).max(200).nullable().optional(),
  /** Null opens a closed fact again. */
  validTo: time.nullable().optional(),
});

/** What is to be forgotten: everything that fits all that is given; at least one is. */
export const forgetSelector = z
  .strictObject({
    ids: z.array(id).min(1).max(1000).optional(),
    /** All of these words, as they stand, in any order. */
    query: z.string().trim().min(1).max(1000).optional(),
    tag: z.string().trim().min(1).max(100).optional(),
    since: time.optional(),
    until: time.optional(),
    file: relativeFile.optional(),
    workspace: workspacePath.optional(),
    /** Who said or wrote it. */
    author: z.string().trim().min(1).max(200).optional(),
    writtenBy: writtenBy.optional(),
  })
  .refine((selector) => Object.keys(selector).some((key) => key !== 'workspace'), {
    message: 'at least one of ids, query, tag, since, until, file, author, writtenBy',
  });
export type ForgetSelector = z.infer<typeof forgetSelector>;

export const forgetInput = z.strictObject({
  select: forgetSelector,
  /** Only tells what would go. */
  dryRun: z.boolean().default(false),
});

export const forgotten = z.strictObject({
  /** What goes, with enough of it to be recognised; in a dry run only. */
  preview: z.array(z.strictObject({ id, kind: memoryKind, excerpt: z.string(), happenedAt: time })),
  memories: z.number().int(),
  whispers: z.number().int(),
  decisions: z.number().int(),
  /** Summaries that came from nothing else. */
  derived: z.number().int(),
  /** Runs of delegated work that say it. */
  runs: z.number().int().default(0),
  /** Backups that still hold it, until when at most; restoring one forgets it again. */
  backups: z.array(z.strictObject({ id: z.string(), until: time.nullable() })),
});
export type Forgotten = z.infer<typeof forgotten>;

/** Everything that is known about how a record came to be what it is. */
export const memoryTrace = z.strictObject({
  record: memoryRecord,
  /** Where else the same was said. */
  merged: z.array(
    z.strictObject({
      id,
      content: z.string(),
      author: z.string().nullable(),
      source: memorySource,
      happenedAt: time,
      recordedAt: time,
      writtenBy,
    }),
  ),
  /** Salience as it counts now, after fading. */
  salienceNow: z.number(),
  embedded: z.boolean(),
});
export type MemoryTrace = z.infer<typeof memoryTrace>;

export const recentInput = z.strictObject({
  workspace: workspacePath.optional(),
  kinds: z.array(memoryKind).min(1).optional(),
  limit: z.number().int().min(1).max(1000).default(20),
});
