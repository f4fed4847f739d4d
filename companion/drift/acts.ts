import type { Touch } from './thread.ts';

/** Touches that follow each other sooner are one act. */
export const ACT_MS = 2_000;
/** An act of more files is a program's (a formatter, a checkout, a pull), not of hands. */
const ACT_FILES = 5;

/** Whether the pending touches are an act that is over when the next thing happens at `at`. */
export function isOver(pending: readonly Touch[], at: number): boolean {
  const last = pending.at(-1);
  return last !== undefined && Math.abs(at - last.at) > ACT_MS;
}

/** What of an act was done by hand: all or nothing. Pure. */
export function byHand(pending: readonly Touch[]): readonly Touch[] {
  return new Set(pending.map(({ file }) => file)).size > ACT_FILES ? [] : pending;
}
