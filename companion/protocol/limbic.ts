import { z } from 'zod';
import { id, time } from './primitives.ts';

const level = z.number().min(0).max(1);

/** What colours wording and pace, each 0-1. Only `trust` bounds what may be done. Never a statement about the user. */
export const levels = z.strictObject({ trust: level, warmth: level, arousal: level, valence: level });
export type Levels = z.infer<typeof levels>;
export const axis = z.enum(['trust', 'warmth', 'arousal', 'valence']);
export type Axis = z.infer<typeof axis>;

/** What may run without a click: each tier adds to the one before. */
export const tier = z.enum(['T0', 'T1', 'T2', 'T3']);
export type Tier = z.infer<typeof tier>;
/** How it stands beside the user. */
export const posture = z.enum(['companion', 'copilot', 'peer', 'expert']);
export type Posture = z.infer<typeof posture>;
/** What it is doing, the first that applies. A client that reaches no companion shows `stopped` by itself. */
export const mode = z.enum(['stopped', 'degraded', 'convergence', 'quiet', 'slumber', 'live']);
export type Mode = z.infer<typeof mode>;

/** Each mode in plain words. They are about Progeny, never about the user. */
export const MODE_WORDS: Readonly<Record<Mode, string>> = {
  stopped: 'Stopped',
  degraded: 'Running with less than usual',
  convergence: 'Getting to know you: no taps until you finish or leave that',
  quiet: 'Quiet: at most one tap a day, because checks kept failing',
  slumber: 'Resting: at most one tap a day, because little has happened for days',
  live: 'Live',
};
const POSTURE_WORDS: Readonly<Record<Posture, string>> = {
  companion: 'beside you',
  copilot: 'brief and practical, because much is going on',
  peer: 'as a peer',
  expert: 'answering a question',
};
/** Mode and posture in plain words: "Live · beside you". */
export function stanceWords({ mode, posture }: { mode: Mode; posture: Posture }): string {
  return `${MODE_WORDS[mode]} · ${POSTURE_WORDS[posture]}`;
}
/** What each tier means, to follow "without a click". */
export const TIER_WORDS: Readonly<Record<Tier, string>> = {
  T0: 'it reads and suggests',
  T1: 'it reads, suggests and writes drafts',
  T2: 'it also edits inside the workspace after a snapshot, and runs commands that you granted',
  T3: 'it also runs on your silence, where you granted that',
};

export const selfState = z.strictObject({
  ...levels.shape,
  tier,
  posture,
  mode,
  /** When it last moved, other than by time. */
  since: time,
  /** Mode, posture and tier in plain sentences. */
  words: z.string(),
});
export type SelfState = z.infer<typeof selfState>;

/** One axis before and after. */
const change = z.strictObject({ axis, from: level, to: level });
export const selfMoment = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('move'),
    at: time,
    /** The event of the log that it follows from. */
    seq: z.number().int().positive(),
    cause: z.string(),
    /** The cause in words. */
    words: z.string(),
    subject: z.string(),
    changes: z.array(change),
    levels,
  }),
  z.strictObject({ kind: z.literal('mark'), at: time, id, text: z.string() }),
]);
export type SelfMoment = z.infer<typeof selfMoment>;

export const selfHistoryInput = z.strictObject({
  limit: z.number().int().min(1).max(1000).default(50),
  /** Only what moved this; marks are always there. */
  axis: axis.optional(),
});
export const selfMarkInput = z.strictObject({ text: z.string().trim().min(1).max(200) });
