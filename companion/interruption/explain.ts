import { count, duration } from '../kernel/index.ts';
import type { Interruption, TapExplanation } from '../protocol/index.ts';
import type { Moment } from './moments.ts';
import type { Gate } from './policy-state.ts';
import { GATE_WORDS, MOMENT_WORDS } from './words.ts';

const MINUTE_MS = 60_000;
const ENDS: ReadonlySet<string | null> = new Set([null, 'expired', 'withdrawn']);

/** How the budget stood when the tap was shown. */
export interface BudgetThen {
  /** Taps of that day up to this one, this one included. */
  readonly ofDay: number;
  readonly perDay: number;
  /** The pause that followed, in ms. */
  readonly pauseMs: number;
}

/**
 * "Why did you interrupt me?" in lines: how long it had waited and what kept it back, why then, and when the next may
 * come. Pure.
 *
 * `decisions`: those about the candidate up to the tap, oldest first, the tap last.
 */
export function explain(decisions: readonly Interruption[], budget: BudgetThen): TapExplanation {
  const tap = decisions.at(-1)!;
  const before = decisions.slice(0, -1);
  const waited = before.slice(before.findLastIndex(({ gate }) => ENDS.has(gate)) + 1);
  const reasons = Map.groupBy(waited, ({ gate }) => gate as Gate);
  const kept = [...reasons].map(([gate, times]) =>
    times.length === 1 ? GATE_WORDS[gate] : `${GATE_WORDS[gate]} (${times.length} times)`,
  );
  const moment = MOMENT_WORDS[tap.moment as Moment] ?? tap.moment;
  const since = waited[0] ? tap.at - waited[0].at : 0;
  return {
    tap,
    waited: waited.map(({ at, gate }) => ({ at, gate: gate!, words: GATE_WORDS[gate as Gate] ?? gate! })),
    lines: [
      waited.length === 0
        ? `It came at once, ${moment}.`
        : `It waited ${since < MINUTE_MS ? `${Math.ceil(since / 1000)} s` : duration(since)}, then came ${moment}.`,
      ...(kept.length > 0 ? [`Kept back until then because ${kept.join('; ')}.`] : []),
      `${count(budget.ofDay, 'tap')} of at most ${budget.perDay} that day; the next comes ${duration(budget.pauseMs)} later at the soonest.`,
    ],
  };
}
