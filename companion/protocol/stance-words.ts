// Nothing is imported here: the extension and the web app show these words, and must not load the contract for them.

export const TIERS = ['T0', 'T1', 'T2', 'T3'] as const;
/** What may run without a click: each tier adds to the one before. */
export type Tier = (typeof TIERS)[number];
export const POSTURES = ['companion', 'copilot', 'peer', 'expert'] as const;
/** How it stands beside the user. */
export type Posture = (typeof POSTURES)[number];
export const MODES = ['stopped', 'degraded', 'convergence', 'quiet', 'slumber', 'live'] as const;
/** What it is doing, the first that applies. A client that reaches no companion shows `stopped` by itself. */
export type Mode = (typeof MODES)[number];

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
  T2: 'it also runs commands that you granted, on a copy; your files change only after your yes',
  T3: 'it also acts on your silence, where you granted that, while you can see the countdown',
};
