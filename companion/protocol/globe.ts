import { z } from 'zod';
import { loopStatus } from './loops.ts';
import { memoryKind, tone } from './memory.ts';
import { id, time, workspacePath } from './primitives.ts';

const share = z.number().min(0).max(1);

/** What a point of the globe stands for. */
export const globeKind = z.enum(['loop', ...memoryKind.options]);
export type GlobeKind = z.infer<typeof globeKind>;

/** A thread of work or a memory record as the globe and its list show it. */
export const globePoint = z.strictObject({
  id,
  kind: globeKind,
  /** At most 120 characters; of what is private its kind alone. */
  title: z.string(),
  private: z.boolean(),
  workspace: workspacePath.nullable(),
  /** The theme that it belongs to. */
  cluster: z.string().nullable(),
  guilds: z.array(z.string()),
  tone,
  /** False: inferred from what is known of it, by the rules of `docs/GLOBE.md`. */
  toneDeclared: z.boolean(),
  /** Why it has that tone: "2 conflicts". */
  toneWords: z.string(),
  /** Of a loop; null for memory. */
  status: loopStatus.nullable(),
  createdAt: time,
  touchedAt: time,
  /** When a loop was closed, or a fact ceased to hold. */
  endedAt: time.nullable(),
  /** 0-1: how much goes on there. */
  activity: share,
  /** The loop that it was split from, or is about. */
  parent: z.string().nullable(),
  /** It left its scope, and an alert of that is not older than a week. */
  drifting: z.boolean(),
  /** The newest note of a loop, at most 200 characters; null where there is none or it is private. */
  whisper: z.string().nullable(),
});
export type GlobePoint = z.infer<typeof globePoint>;

export const globePageInput = z.strictObject({
  workspace: workspacePath.optional(),
  /** `next` of the page before. */
  after: z
    .string()
    .max(80)
    .regex(/^(loops|records):[0-9a-z_]+$/, 'the `next` of a page')
    .optional(),
  /** How many rows to go through. */
  limit: z.number().int().min(1).max(2000).default(1000),
});
/** So many loops and records, the newest first. */
export const globePage = z.strictObject({
  /** Last event of the log when this page was read: what came later may change it. */
  seq: z.number().int().nonnegative(),
  /** Rows in all, and those that this page went through: archived ones and those of other folders are gone through, too. */
  total: z.number().int().nonnegative(),
  looked: z.number().int().nonnegative(),
  /** Null after the last page. */
  next: z.string().nullable(),
  points: z.array(globePoint),
  /** All themes: the terms that tell each from the others, and how many belong to it. */
  clusters: z.array(
    z.strictObject({ id: z.string(), name: z.array(z.string()), size: z.number().int().nonnegative() }),
  ),
  /** All panels that share loops. */
  guilds: z.array(z.strictObject({ id: z.string(), name: z.string(), tone: tone.nullable() })),
});
export type GlobePage = z.infer<typeof globePage>;

export const globePointsInput = z.strictObject({ ids: z.array(id).min(1).max(500) });
/** These points as they are now; an id without one is archived, forgotten or of another kind. */
export const globePoints = z.strictObject({
  seq: z.number().int().nonnegative(),
  points: z.array(globePoint),
});
export type GlobePoints = z.infer<typeof globePoints>;

/** What ties two loops: one was split from the other, or they touch the same files. */
export const globeTie = z.strictObject({
  from: id,
  to: id,
  kind: z.enum(['fork', 'files']),
  /** 0-1. */
  strength: share,
  /** "2 files: parser.ts, lexer.ts". */
  words: z.string(),
});
export type GlobeTie = z.infer<typeof globeTie>;
