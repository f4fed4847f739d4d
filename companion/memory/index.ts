/** What is remembered, and recalled with its reasons. */

export { type Contradiction, contradictions } from './conflicts.ts';
export type { Indexer } from './indexer.ts';
export { Masks } from './masks.ts';
export { Memory, type MemoryOptions, type View } from './memory.ts';
export { WEIGHTS, type Weights, WITHOUT_MODEL, WITHOUT_TOKENS, WORDS_ALONE } from './rank.ts';
export { derivedFrom, type Selected, saysAll, select } from './selecting.ts';
export {
  dropSummary,
  orphans,
  type StoredSummary,
  type Summary,
  summariesOf,
  writeMorning,
  writeSummary,
} from './summaries.ts';
