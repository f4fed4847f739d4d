import { BYPASS_MS } from './budget.ts';
import { type PolicyState, type Silence, silence } from './policy-state.ts';
import type { Rules } from './rules.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Taps matter to the budget for a week at most, which is also the longest pause that the settings allow. */
const SHOWN_KEPT_MS = BYPASS_MS + DAY_MS;
/** What was told or expired is remembered twice as long as any candidate stays the same one. */
export const TOLD_KEPT_MS = 2 * BYPASS_MS;

/** When a candidate born at `bornAt` is not worth telling any more. */
export function expiresAt(bornAt: number, { settings }: Rules): number {
  return bornAt + settings.interruption.candidateHours * 60 * 60 * 1000;
}

/** Ends the lives that are over, each with a record, and forgets what cannot matter any more. Pure. */
export function expire(
  state: PolicyState,
  now: number,
  rules: Rules,
): readonly [PolicyState, readonly Silence[]] {
  const over = state.pending.filter(({ bornAt }) => now >= expiresAt(bornAt, rules));
  const { shown, told } = forget(state, now);
  const expired = over.map(({ id }) => [id, { at: now, why: 'expired' as const }]);
  return [
    {
      ...state,
      shown,
      told: over.length > 0 ? { ...told, ...Object.fromEntries(expired) } : told,
      pending: over.length > 0 ? state.pending.filter((one) => !over.includes(one)) : state.pending,
    },
    over.map((one) => silence(one, 'none', 'expired')),
  ];
}

/** `shown` and `told` without what is too old to matter; the very same where nothing is. */
export function forget(
  { shown, told }: Pick<PolicyState, 'shown' | 'told'>,
  now: number,
): Pick<PolicyState, 'shown' | 'told'> {
  const fresh = Object.entries(told).filter(([, { at }]) => now - at <= TOLD_KEPT_MS);
  const oldest = shown[0]?.at ?? now;
  return {
    shown: now - oldest > SHOWN_KEPT_MS ? shown.filter(({ at }) => now - at <= SHOWN_KEPT_MS) : shown,
    told: fresh.length < Object.keys(told).length ? Object.fromEntries(fresh) : told,
  };
}
