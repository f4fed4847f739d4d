import { ProgenyError, type WheelRun } from '../protocol/index.ts';

/** Of one agent in one folder: a person reads them one by one. */
export const MOST_WAITING = 5;
/** Of all agents in one folder: an agent names itself, and could take a new name each time. */
export const MOST_PROPOSED = 20;

const WAITS: ReadonlySet<WheelRun['status']> = new Set(['planning', 'previewed', 'counting']);

/**
 * How many more an agent may propose in a folder. `asked`: what it asked for that is not a run yet, and what all
 * agents asked for. Throws `rate_limited`, with what to do, where that is none. Pure.
 */
export function proposalsLeft(
  runs: readonly Pick<WheelRun, 'status' | 'origin'>[],
  agent: string,
  asked: { readonly own: number; readonly all: number },
): number {
  const waiting = runs.filter(({ status, origin }) => origin.by === 'agent' && WAITS.has(status));
  const own = MOST_WAITING - waiting.filter(({ origin }) => origin.name === agent).length - asked.own;
  const all = MOST_PROPOSED - waiting.length - asked.all;
  if (own <= 0)
    throw new ProgenyError(
      'rate_limited',
      `${MOST_WAITING} runs that "${agent}" proposed here wait for the person already. Go on without; run_status tells what becomes of them.`,
    );
  if (all <= 0)
    throw new ProgenyError(
      'rate_limited',
      `${MOST_PROPOSED} runs that agents proposed here wait for the person already. Go on without.`,
    );
  return Math.min(own, all);
}
