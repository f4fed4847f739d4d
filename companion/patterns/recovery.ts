import type { WorkEvent } from '../timeline/index.ts';

/** Names of the tests whose last run was red. */
export type Red = readonly string[];

const MOST_TESTS = 200;

/** The red tests after an event, and whether it was the first green run of one of them. Pure. */
export function recovery(red: Red, event: WorkEvent): { red: Red; recovered: boolean } {
  if (event.kind !== 'test') return { red, recovered: false };
  const known = red.includes(event.name);
  if (event.passed) return { red: known ? red.filter((name) => name !== event.name) : red, recovered: known };
  return { red: known ? red : [...red, event.name].slice(-MOST_TESTS), recovered: false };
}
