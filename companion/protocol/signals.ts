import { z } from 'zod';
import { relativeFile, time } from './primitives.ts';

/**
 * What an editor window may tell: metadata only (names, counts, times), never contents.
 * A signal without `at` counts as of its arrival.
 */
export const editorSignal = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('focus'), at: time, focused: z.boolean() }),
  z.strictObject({ kind: z.literal('active'), at: time, file: relativeFile }),
  z.strictObject({
    kind: z.literal('typing'),
    at: time,
    file: relativeFile,
    edits: z.number().int().min(1).max(1_000_000),
  }),
  z.strictObject({ kind: z.literal('save'), at: time, file: relativeFile }),
  z.strictObject({
    kind: z.literal('diagnostics'),
    at: time,
    errors: z.number().int().nonnegative(),
    warnings: z.number().int().nonnegative(),
  }),
  z.strictObject({ kind: z.literal('test'), at: time, passed: z.boolean(), name: z.string().max(200) }),
  z.strictObject({ kind: z.literal('debug'), at: time, active: z.boolean() }),
  z.strictObject({ kind: z.literal('prompt'), at: time, open: z.boolean() }),
]);
export type EditorSignal = z.infer<typeof editorSignal>;

/** Something worth a tap, as the client is asked to show it. */
export const tap = z.strictObject({
  id: z.string(),
  text: z.string(),
  /** Why now, and what it rests on. */
  why: z.string(),
  actions: z.array(z.strictObject({ id: z.string(), label: z.string() })),
});
export type Tap = z.infer<typeof tap>;
export const tapAnswer = z.strictObject({
  outcome: z.enum(['engaged', 'dismissed', 'ignored']),
  action: z.string().nullable(),
});
export type TapAnswer = z.infer<typeof tapAnswer>;

export const interruption = z.strictObject({
  id: z.string(),
  at: time,
  candidate: z.string(),
  subject: z.string(),
  moment: z.string(),
  /** The gate that kept it silent; null when it was shown. */
  gate: z.string().nullable(),
  outcome: z.enum(['engaged', 'dismissed', 'ignored']).nullable(),
  responseMs: z.number().nullable(),
});
export type Interruption = z.infer<typeof interruption>;

/** "Why did you interrupt me?" */
export const tapExplanation = z.strictObject({
  tap: interruption,
  /** When it was kept back, and why in words; oldest first. */
  waited: z.array(z.strictObject({ at: time, gate: z.string(), words: z.string() })),
  /** The same as a few sentences. */
  lines: z.array(z.string()),
});
export type TapExplanation = z.infer<typeof tapExplanation>;
