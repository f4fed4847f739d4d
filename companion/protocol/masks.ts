import { z } from 'zod';
import { memoryKind, tone } from './memory.ts';
import { time } from './primitives.ts';

const maskName = z.string().regex(/^[\w-]{1,100}$/, 'a name of letters, digits, "_" and "-"');

/** What a mask went through. */
export const maskNoteInput = z
  .strictObject({
    mask: maskName,
    kind: memoryKind.default('observation'),
    /** A memory of its own; no other recall looks at it. */
    content: z.string().trim().min(1).max(100_000).optional(),
    tone: tone.optional(),
    role: z.string().trim().min(1).max(200).optional(),
    /** Why its tone or role changed. */
    cause: z.string().max(1000).default(''),
  })
  .refine(({ content, tone, role }) => content !== undefined || tone !== undefined || role !== undefined, {
    message: 'at least one of content, tone, role',
  });

/** How a mask came to be what it is. Newest first. */
export const maskTrace = z.strictObject({
  mask: maskName,
  counts: z.array(z.strictObject({ kind: z.string(), count: z.number().int() })),
  /** `shift`: how far it moved from the tone before, 0 to about 1. */
  tones: z.array(z.strictObject({ at: time, tone, shift: z.number(), cause: z.string() })),
  roles: z.array(z.strictObject({ at: time, role: z.string(), cause: z.string() })),
  reflections: z.array(z.strictObject({ at: time, content: z.string() })),
  /** What it might be asked next. */
  prompts: z.array(z.string()),
});
export type MaskTrace = z.infer<typeof maskTrace>;
