import { z } from 'zod';
import { memoryKind } from './memory.ts';
import { time, workspacePath } from './primitives.ts';

const n = z.number().int().nonnegative();

/** The last so many local days, this one included: told day by day up to 31, in spans of seven days beyond. */
export const growthInput = z.strictObject({
  workspace: workspacePath.optional(),
  days: z.number().int().min(1).max(400).default(30),
});
const spans = {
  step: z.enum(['day', 'week']),
  /** When the last span ends. */
  until: time,
};

/** How memory grew: what was taken up, by the time at which that was. What was merged or forgotten since is not in it. */
export const memoryGrowth = z.strictObject({
  ...spans,
  /** Records that were there before the first span, and all there are. */
  before: n,
  total: n,
  /** The oldest first; `at`: when it begins. */
  spans: z.array(z.strictObject({ at: time, kinds: z.array(z.strictObject({ kind: memoryKind, n })) })),
});
export type MemoryGrowth = z.infer<typeof memoryGrowth>;

/** How threads came and went, as the event log tells it. */
export const loopHistory = z.strictObject({
  ...spans,
  spans: z.array(
    z.strictObject({
      at: time,
      /** What began in the span, was finished (signed off or merged), and was given up. */
      opened: n,
      finished: n,
      dropped: n,
      /** As things stood at its end: what is in hand, and what was left lying; what was put off counts for neither. */
      open: n,
      stale: n,
    }),
  ),
});
export type LoopHistory = z.infer<typeof loopHistory>;
