/** How far work has left its scope, and masks their baseline, with reasons in words. */
export { type DriftStep, keyOf, settled, step, type Threads } from './fold.ts';
export { DriftKeeper, type DriftKeeperOptions, type StandingAlert } from './keeper.ts';
export { type CastVote, maskDrift } from './mask-drift.ts';
export { wordsOf } from './path-words.ts';
export { reasonsOf } from './reasons.ts';
export type { Thread } from './thread.ts';
export type { DriftContext } from './touch.ts';
export { bandOf, type DriftParts, WEIGHTS, weigh } from './weights.ts';
