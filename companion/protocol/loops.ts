import { z } from 'zod';
import { evidence, id, line, priority, relativeFile, sha, time, workspacePath } from './primitives.ts';

/** Where a loop or whisper is tied to the work. A line anchor follows its text, or says `lost`. */
export const anchor = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('branch'), branch: z.string().min(1) }),
  z.strictObject({ kind: z.literal('file'), file: relativeFile }),
  z.strictObject({ kind: z.literal('line'), file: relativeFile, line, text: z.string(), lost: z.boolean() }),
  z.strictObject({ kind: z.literal('commit'), commit: sha }),
  z.strictObject({ kind: z.literal('stash'), commit: sha, name: z.string() }),
  z.strictObject({ kind: z.literal('link'), url: z.string().max(2048) }),
]);
export type Anchor = z.infer<typeof anchor>;

export const loopStatus = z.enum(['proposed', 'open', 'stale', 'deferred', 'blessed', 'dropped', 'merged']);
export type LoopStatus = z.infer<typeof loopStatus>;
export const loopSource = z.enum([
  'whisper',
  'branch',
  'todo',
  'uncommitted',
  'stash',
  'failing_test',
  'manual',
  'import',
]);
export type LoopSource = z.infer<typeof loopSource>;

/** What was measured about a loop, as of its last scan. Absent means not measured or not applicable. */
export const loopFacts = z.strictObject({
  uncommittedFiles: z.number().int().optional(),
  insertions: z.number().int().optional(),
  deletions: z.number().int().optional(),
  uncommittedSince: time.optional(),
  ahead: z.number().int().optional(),
  behind: z.number().int().optional(),
  unpushed: z.number().int().optional(),
  unpushedSince: time.optional(),
  conflicts: z.number().int().optional(),
  /** Commits that changed the anchored file since the anchored line was written. */
  changesSince: z.number().int().optional(),
  /** When the anchored line was written. */
  writtenAt: time.optional(),
  current: z.boolean().optional(),
  author: z.string().optional(),
});
export type LoopFacts = z.infer<typeof loopFacts>;

/** An open thread of work, from intent to done. */
export const loop = z.strictObject({
  id,
  workspace: workspacePath,
  title: z.string(),
  /** One plain sentence: what is open about it, as of now. */
  summary: z.string(),
  context: z.string(),
  source: loopSource,
  status: loopStatus,
  priority,
  private: z.boolean(),
  anchors: z.array(anchor),
  evidence: z.array(evidence),
  facts: loopFacts,
  /** Order among the loops of its workspace, 0-1; higher is nearer to the current work. */
  rank: z.number().min(0).max(1),
  createdAt: time,
  touchedAt: time,
  deferUntil: time.nullable(),
  parentId: id.nullable(),
});
export type Loop = z.infer<typeof loop>;

export const loopsListInput = z.strictObject({
  workspace: workspacePath.optional(),
  /** Leave out for everything that is still open (proposed, open, stale). */
  status: z.array(loopStatus).optional(),
  limit: z.number().int().min(1).max(1000).default(50),
});
export const loopOpenInput = z.strictObject({
  workspace: workspacePath,
  title: z.string().trim().min(1).max(200),
  context: z.string().max(10_000).default(''),
  priority: priority.default('normal'),
  anchors: z.array(anchor).max(50).default([]),
  private: z.boolean().default(false),
});
export const loopUpdateInput = z.strictObject({
  id,
  title: z.string().trim().min(1).max(200).optional(),
  context: z.string().max(10_000).optional(),
  status: loopStatus.optional(),
  priority: priority.optional(),
  private: z.boolean().optional(),
  deferUntil: time.nullable().optional(),
});

/** A one-line note tied to a file, line and branch. */
export const whisper = z.strictObject({
  id,
  workspace: workspacePath,
  loopId: id,
  text: z.string(),
  branch: z.string().nullable(),
  anchor: anchor.nullable(),
  at: time,
});
export type Whisper = z.infer<typeof whisper>;

export const whisperAddInput = z.strictObject({
  workspace: workspacePath,
  text: z.string().trim().min(1).max(2000),
  file: relativeFile.optional(),
  line: line.optional(),
  /** Joins this loop; left out, the whisper joins the loop it lies on or opens one. */
  loopId: id.optional(),
});
export const whispersListInput = z.strictObject({
  workspace: workspacePath.optional(),
  file: relativeFile.optional(),
  loopId: id.optional(),
  limit: z.number().int().min(1).max(1000).default(100),
});

export const decision = z.strictObject({
  id,
  workspace: workspacePath,
  loopId: id.nullable(),
  question: z.string(),
  options: z.array(z.string()),
  decision: z.string(),
  why: z.string(),
  outcome: z.string(),
  reviewAt: time.nullable(),
  links: z.array(z.string()),
  at: time,
});
export type Decision = z.infer<typeof decision>;

export const decisionAddInput = z.strictObject({
  workspace: workspacePath,
  question: z.string().trim().min(1).max(500),
  decision: z.string().trim().min(1).max(2000),
  why: z.string().max(10_000).default(''),
  options: z.array(z.string().max(500)).max(20).default([]),
  outcome: z.string().max(2000).default(''),
  reviewAt: time.nullable().default(null),
  links: z.array(z.string().max(2048)).max(50).default([]),
  loopId: id.optional(),
});
export const decisionsListInput = z.strictObject({
  workspace: workspacePath.optional(),
  limit: z.number().int().min(1).max(1000).default(100),
});
