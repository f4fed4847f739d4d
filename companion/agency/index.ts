/** Delegated work: previewed, done only with leave, and taken back. */
export type * from './types.ts';
