import { z } from 'zod';
import { loop } from './loops.ts';
import { evidence, id, time, workspacePath } from './primitives.ts';

/** A statement of the brief and what it rests on. */
export const briefLine = z.strictObject({
  text: z.string(),
  at: time.nullable(),
  evidence: z.array(evidence),
});
export type BriefLine = z.infer<typeof briefLine>;

export const brief = z.strictObject({
  workspace: workspacePath,
  name: z.string(),
  at: time,
  branch: z.string().nullable(),
  /** Time since the last activity here before this session, in ms; null where nothing is known. */
  awayMs: z.number().nonnegative().nullable(),
  /** What you did last. */
  last: briefLine.nullable(),
  /** What is in flight, first the nearest to the current work; at most seven. */
  loops: z.array(loop),
  /** How many loops are open in all. */
  openLoops: z.number().int(),
  /** What others changed while you were away. */
  away: z.array(briefLine),
  /** The next concrete steps, most useful first. */
  next: z.array(z.strictObject({ text: z.string(), loopId: id.nullable(), evidence: z.array(evidence) })),
  /** How complete this is: `scanning` while the first reading runs, `partial` where something could not be read. */
  coverage: z.enum(['fresh', 'scanning', 'partial']),
  /** What is missing, in words; empty when fresh. */
  notes: z.array(z.string()),
});
export type Brief = z.infer<typeof brief>;

export const briefInput = z.strictObject({ workspace: workspacePath });
