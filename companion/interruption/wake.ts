import { BYPASS_MS, refractoryMs } from './budget.ts';
import { quietHandsAt } from './gates.ts';
import { expiresAt } from './lives.ts';
import { openMoment, quietMoments } from './moments.ts';
import type { PolicyState } from './policy-state.ts';
import type { Rules } from './rules.ts';

const MINUTE_MS = 60_000;

/**
 * The next instant at which time alone may change a decision, or null while nothing waits. Looking more often
 * changes nothing; looking then loses nothing. Pure.
 */
export function nextWake(state: PolicyState, now: number, rules: Rules): number | null {
  const { pending, shown, dismissals, pausedUntil, focused } = state;
  if (pending.length === 0) return null;
  const instants = pending.map(({ bornAt }) => expiresAt(bornAt, rules));
  const window = focused === null ? undefined : state.windows[focused];
  if (window && pending.some(({ present }) => present)) {
    const { typingGraceSeconds } = rules.settings.interruption;
    instants.push(
      pausedUntil,
      quietHandsAt(state, window, typingGraceSeconds) + 1,
      ...quietMoments(window, rules.settings).map(({ at }) => at),
      ...shown.flatMap(({ at }) => [
        at + refractoryMs(dismissals, rules),
        at + refractoryMs(0, rules),
        at + BYPASS_MS,
      ]),
    );
    // Quiet hours and days turn on the minute.
    if (openMoment(window, true, now, rules.settings)) instants.push((Math.floor(now / MINUTE_MS) + 1) * MINUTE_MS);
  }
  const next = Math.min(...instants.filter((at) => at > now));
  return Number.isFinite(next) ? next : null;
}
