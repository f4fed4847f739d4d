import { z } from 'zod';
import { id, relativeFile, sha, time, workspacePath } from './primitives.ts';

/** What may be seen in the work (systems.md, section 1). */
export const patternKind = z.enum([
  'workload_spike',
  'abandonment',
  'focus_shift',
  'stuck',
  'thrash',
  'reunion',
  'work_at_risk',
]);
export type PatternKind = z.infer<typeof patternKind>;

export const patternStatus = z.enum(['active', 'resolved', 'dismissed']);
export type PatternStatus = z.infer<typeof patternStatus>;

/**
 * A row of the timeline that a pattern rests on. `kind` is that of the row, or `usual`: how much (`n`) of it there is
 * in an ordinary hour or day of this user. `n` is else, by kind, a size, a duration in ms or a count.
 */
export const patternEvidence = z.strictObject({
  at: time,
  kind: z.string().max(40),
  file: relativeFile.optional(),
  commit: sha.optional(),
  test: z.string().max(200).optional(),
  loop: z.string().max(64).optional(),
  n: z.number().optional(),
});
export type PatternEvidence = z.infer<typeof patternEvidence>;

/** Something seen in the work of a folder, with what it rests on. */
export const pattern = z.strictObject({
  id,
  workspace: workspacePath,
  kind: patternKind,
  /** What it is about: a test, a file, a folder of files, a loop, or the workspace itself. */
  subject: z.string(),
  status: patternStatus,
  /** 0-1: how far the evidence goes beyond what would be needed at least. */
  confidence: z.number().min(0).max(1),
  /** One sentence made from the evidence. */
  text: z.string(),
  evidence: z.array(patternEvidence),
  foundAt: time,
  changedAt: time,
});
export type Pattern = z.infer<typeof pattern>;

export const patternsListInput = z.strictObject({
  workspace: workspacePath.optional(),
  /** Also those that are over or dismissed. */
  all: z.boolean().default(false),
  limit: z.number().int().min(1).max(1000).default(50),
});
