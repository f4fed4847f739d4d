import { anyMoment, read } from './gates.ts';
import { expire } from './lives.ts';
import type { Moment } from './moments.ts';
import { type Pending, type PolicyState, type Silence, silence } from './policy-state.ts';
import type { Rules } from './rules.ts';
import { apply, type PolicyEvent } from './transition.ts';

export interface Decision {
  readonly state: PolicyState;
  readonly silences: readonly Silence[];
  /** The tap to show now, in this window, because of this moment. */
  readonly show: { readonly candidate: string; readonly window: string; readonly moment: Moment } | null;
}

/**
 * Whether to speak (systems.md, section 2): what the state becomes by an event at `now`, which silences are worth
 * a record, and what is to be shown. Pure; the same events at the same times give the same decisions.
 */
export function decide(state: PolicyState, event: PolicyEvent, now: number, rules: Rules): Decision {
  const [after, ended] = apply(state, event, now);
  const [alive, expired] = expire(after, now, rules);
  const { silences, ...decision } = speak(alive, now, rules);
  return { ...decision, silences: [...ended, ...expired, ...silences] };
}

/** Weighs everything that waits. One is shown at most; a silence is recorded when its gate or moment is another. */
function speak(state: PolicyState, now: number, rules: Rules): Decision {
  const boundary = anyMoment(state, now, rules);
  const readings = state.pending
    .filter(({ present, last }) => present && (boundary || last === null))
    .map((candidate) => ({ candidate, ...read(candidate, state, now, rules) }));
  const chosen = readings.filter(({ gate }) => gate === null).sort(byRank)[0];
  const silences: Silence[] = [];
  const pending = state.pending.map((candidate) => {
    const reading = readings.find((one) => one.candidate === candidate);
    if (!reading || reading === chosen) return candidate;
    const last = { gate: reading.gate ?? 'outranked', moment: reading.moment ?? 'none' } as const;
    if (!isNews(candidate.last, last)) return candidate;
    silences.push(silence(candidate, last.moment, last.gate));
    return { ...candidate, last };
  });
  if (!chosen?.window || !chosen.moment) return { state: { ...state, pending }, silences, show: null };
  const { candidate, window, moment } = chosen;
  return {
    state: {
      ...state,
      pending: pending.filter((one) => one !== candidate),
      shown: [...state.shown, { candidate: candidate.id, subject: candidate.subject, at: now }],
      open: { pending: candidate, window, moment, at: now, withdrawn: false },
      windows: { ...state.windows, [window]: { ...state.windows[window]!, spentAt: now } },
    },
    silences,
    show: { candidate: candidate.id, window, moment },
  };
}

/** Between boundaries nothing is up for decision; that a candidate waits at all is recorded once. */
function isNews(before: Pending['last'], now: NonNullable<Pending['last']>): boolean {
  if (before === null) return true;
  return now.moment !== 'none' && (now.gate !== before.gate || now.moment !== before.moment);
}

/** What would be lost first, then what has waited longest. */
function byRank({ candidate: a }: { candidate: Pending }, { candidate: b }: { candidate: Pending }): number {
  return Number(b.bypass) - Number(a.bypass) || a.bornAt - b.bornAt || (a.id < b.id ? -1 : 1);
}
