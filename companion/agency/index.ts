/** Delegated work: previewed, done only with leave, and taken back. */

export { authorityOf, type LeaveSources, mayUseNetwork, type Risk } from './authority.ts';
export { CONTRACTS, type Contract } from './contracts.ts';
export { Grants, type GrantsOptions } from './grants.ts';
export type { AskedRun, FolderSnapshots, LoopHands, WheelOptions, WheelParts } from './parts.ts';
export { type RunText, runTexts } from './run-texts.ts';
export { needOf, needOfProgram } from './step-needs.ts';
export type * from './types.ts';
export { Wheel } from './wheel.ts';
