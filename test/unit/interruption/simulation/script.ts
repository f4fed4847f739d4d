import type { PolicyEvent } from '../../../../companion/interruption/transition.ts';
import { born, focus, rulesOf, SECOND, START, typing } from './events.ts';
import { PolicyRun } from './policy-run.ts';

/** What happens, with the seconds since the start. */
export type Script = readonly (readonly [seconds: number, event: PolicyEvent])[];

export function run(script: Script, rules = rulesOf()): PolicyRun {
  const run = new PolicyRun({ start: START, rules });
  for (const [seconds, event] of script) run.do(START + seconds * SECOND, event);
  return run;
}

/** A focused window whose user has been at work for a while; no boundary is open. */
export const atWork: Script = [
  [0, focus('one')],
  [100, typing('one')],
];
/** A candidate that any window may tell. */
export const A = born('kind:a:1');
