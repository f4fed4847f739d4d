import { BYPASS_MS, refractoryMs } from './budget.ts';
import { anyMoment, quietHandsAt, usableFrom } from './gates.ts';
import { expiresAt } from './lives.ts';
import { MOMENT_OPEN_MS, quietMoments } from './moments.ts';
import type { PolicyState } from './policy-state.ts';
import type { Rules } from './rules.ts';

const MINUTE_MS = 60_000;

/**
 * The next instant at which time alone may change a decision, or null while nothing waits. Looking more often
 * changes nothing; looking then loses nothing. Pure.
 */
export function nextWake(state: PolicyState, now: number, rules: Rules): number | null {
  const { pending, shown, dismissals, pausedUntil, windows, focused } = state;
  if (pending.length === 0) return null;
  const instants = pending.map(({ bornAt }) => expiresAt(bornAt, rules));
  if (pending.some(({ present }) => present)) {
    const pauses = [refractoryMs(dismissals, rules), refractoryMs(0, rules), BYPASS_MS];
    instants.push(pausedUntil, ...shown.flatMap(({ at }) => pauses.map((ms) => at + ms)));
    for (const [id, window] of Object.entries(windows)) {
      const boundaries = id === focused ? quietMoments(window, rules.settings) : [];
      if (id === focused) {
        const grace = rules.settings.interruption.typingGraceSeconds;
        instants.push(...boundaries.map(({ at }) => at), quietHandsAt(state, window, grace) + 1);
      }
      if (window.boundary) {
        boundaries.push(window.boundary);
        instants.push(usableFrom(window.boundary, rules));
      }
      // Where one boundary closes, another may be open still.
      instants.push(...boundaries.map(({ at }) => at + MOMENT_OPEN_MS));
    }
    // Quiet hours and days turn on the minute.
    if (anyMoment(state, now, rules)) instants.push((Math.floor(now / MINUTE_MS) + 1) * MINUTE_MS);
  }
  const next = Math.min(...instants.filter((at) => at > now));
  return Number.isFinite(next) ? next : null;
}
