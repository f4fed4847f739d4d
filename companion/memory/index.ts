/** What is remembered, and recalled with its reasons. */
export { Memory, type MemoryOptions } from './memory.ts';
export { WEIGHTS, type Weights, WORDS_ALONE } from './rank.ts';
