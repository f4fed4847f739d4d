import { kindOf } from './candidate.ts';
import { dayOf } from './local-time.ts';
import type { Pending, Shown } from './policy-state.ts';
import type { Rules } from './rules.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Work at risk passes the budget at most once in this time per loop. */
export const BYPASS_MS = 7 * DAY_MS;

/** The pause between taps in force: doubled for each `dismissalsToDouble` dismissals in a row, up to the limit. */
export function refractoryMs(dismissals: number, { settings: { interruption: s } }: Rules): number {
  const base = s.refractoryMinutes * MINUTE_MS;
  const doublings = Math.min(20, Math.floor(dismissals / s.dismissalsToDouble));
  return Math.min(Math.max(base, s.maxRefractoryMinutes * MINUTE_MS), base * 2 ** doublings);
}

/**
 * The gate by which the one budget for everything unsolicited (systems.md, section 2) stops a candidate, or null.
 * What bypasses the budget is counted in it all the same, and two of its kind keep the plain pause between them:
 * five loops at risk are no reason for five taps in a row.
 */
export function budgetGate(
  candidate: Pending,
  { shown, dismissals }: { readonly shown: readonly Shown[]; readonly dismissals: number },
  now: number,
  rules: Rules,
): 'day' | 'refractory' | 'weekly' | null {
  const { interruption, loops } = rules.settings;
  // A clock that was set back leaves taps in the future: they count by their distance, not for ever.
  const within = (ms: number) => (tap: Shown) => Math.abs(now - tap.at) < ms;
  const kind = kindOf(candidate.id);
  const alike = shown.filter((tap) => kindOf(tap.candidate) === kind);
  // What the user put off for later has had its bypass.
  if (candidate.bypass && !alike.some((tap) => tap.candidate === candidate.id)) {
    if (alike.filter((tap) => tap.subject === candidate.subject).some(within(BYPASS_MS))) return 'weekly';
    return alike.some(within(refractoryMs(0, rules))) ? 'refractory' : null;
  }
  const today = dayOf(now, loops.dayStartsAt, rules.local);
  const shownToday = shown
    .filter(within(2 * DAY_MS))
    .filter((tap) => dayOf(tap.at, loops.dayStartsAt, rules.local) === today);
  if (shownToday.length >= interruption.perDay) return 'day';
  return shown.some(within(refractoryMs(dismissals, rules))) ? 'refractory' : null;
}
