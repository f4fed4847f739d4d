/** Delegated work: previewed, done only with leave, and taken back. */

export type { FolderSnapshots, LoopHands, WheelOptions, WheelParts } from './parts.ts';
export type * from './types.ts';
export { Wheel } from './wheel.ts';
