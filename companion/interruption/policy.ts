import type { EditorSignal } from '../protocol/index.ts';
import type { Candidate } from './candidate.ts';
import { read } from './gates.ts';
import { expire } from './lives.ts';
import type { Moment } from './moments.ts';
import type { Gate, Pending, PolicyState } from './policy-state.ts';
import type { Rules } from './rules.ts';
import { afterSignal, newWindow, withBoundary, withWorkspace } from './windows.ts';

export type PolicyEvent =
  | {
      readonly kind: 'signal';
      readonly window: string;
      readonly workspace: string;
      readonly signal: EditorSignal;
    }
  /** A window is gone. */
  | { readonly kind: 'left'; readonly window: string }
  /** A commit was seen in a folder. */
  | { readonly kind: 'commit'; readonly workspace: string }
  /** There is something to tell; again and again, as long as it is so. */
  | { readonly kind: 'born'; readonly candidate: Candidate }
  /** It is so no more. */
  | { readonly kind: 'withdrawn'; readonly subject: string }
  /** The open tap has ended. `again`: the user wants to hear of it later. */
  | {
      readonly kind: 'answered';
      readonly outcome: 'engaged' | 'dismissed' | 'ignored';
      readonly again: boolean;
    }
  /** The open tap did not reach anybody. */
  | { readonly kind: 'undelivered' }
  /** No taps until then; a time that has passed ends the pause. */
  | { readonly kind: 'pause'; readonly until: number }
  | { readonly kind: 'tick' };

/** A decision to stay silent, as it is recorded. */
export interface Silence {
  readonly candidate: string;
  readonly subject: string;
  readonly moment: Moment | 'none';
  readonly gate: Gate;
}

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

type Step = readonly [PolicyState, readonly Silence[]];

function apply(state: PolicyState, event: PolicyEvent, now: number): Step {
  switch (event.kind) {
    case 'signal':
      return [signalled(state, event, now), []];
    case 'left': {
      const { [event.window]: _, ...windows } = state.windows;
      return [{ ...state, windows, focused: state.focused === event.window ? null : state.focused }, []];
    }
    case 'commit': {
      const windows = Object.entries(state.windows).map(([id, window]) => [
        id,
        window.workspaces.includes(event.workspace) ? withBoundary(window, 'commit', now) : window,
      ]);
      return [{ ...state, windows: Object.fromEntries(windows) }, []];
    }
    case 'born':
      return [born(state, event.candidate, now), []];
    case 'withdrawn':
      return withdrawn(state, event.subject);
    case 'answered':
      return [answered(state, event, now), []];
    case 'undelivered':
      return undelivered(state);
    case 'pause':
      return [{ ...state, pausedUntil: event.until }, []];
    case 'tick':
      return [state, []];
  }
}

function signalled(
  state: PolicyState,
  { window: id, workspace, signal }: Extract<PolicyEvent, { kind: 'signal' }>,
  now: number,
): PolicyState {
  const known = withWorkspace(state.windows[id] ?? newWindow(now), workspace);
  const hadFocus = state.focused === id;
  const windows = { ...state.windows, [id]: afterSignal(known, signal, hadFocus, now) };
  const typedAt = signal.kind === 'typing' ? now : state.typedAt;
  if (signal.kind !== 'focus') return { ...state, windows, typedAt };
  // One window has the focus at a time; the late goodbye of another does not take it away.
  const focused = signal.focused ? id : hadFocus ? null : state.focused;
  return { ...state, windows, typedAt, focused };
}

/** Something told is not told again, except that work which was never told of is still at risk. */
function born(state: PolicyState, candidate: Candidate, now: number): PolicyState {
  const { id, subject, workspace, bypass } = candidate;
  const past = state.told[id];
  if (state.open?.pending.id === id || past?.why === 'shown' || (past && !bypass)) return state;
  const known = state.pending.find((one) => one.id === id);
  const { bornAt, last } = known ?? { bornAt: now, last: null };
  const pending: Pending = { id, subject, workspace, bypass, bornAt, last, present: true };
  const { [id]: _, ...told } = state.told;
  return { ...state, told, pending: [...state.pending.filter((one) => one.id !== id), pending] };
}

function withdrawn(state: PolicyState, subject: string): Step {
  const gone = state.pending.filter((one) => one.subject === subject);
  const pending = state.pending.filter((one) => one.subject !== subject);
  return [
    { ...state, pending },
    gone.map((one) => ({ candidate: one.id, subject, moment: 'none', gate: 'withdrawn' })),
  ];
}

function answered(
  state: PolicyState,
  { outcome, again }: Extract<PolicyEvent, { kind: 'answered' }>,
  now: number,
): PolicyState {
  if (!state.open) return state;
  const { pending: tapped, at } = state.open;
  const dismissals =
    outcome === 'engaged' ? 0 : outcome === 'dismissed' ? state.dismissals + 1 : state.dismissals;
  const settled = { ...state, open: null, dismissals };
  // "Later" begins another life; the budget holds for it like for anything else.
  if (again)
    return { ...settled, pending: [...settled.pending, { ...tapped, bornAt: now, last: null }] };
  return { ...settled, told: { ...settled.told, [tapped.id]: { at, why: 'shown' } } };
}

/** As if it had not been tried, except for the moment, which is spent: no second attempt at the same one. */
function undelivered(state: PolicyState): Step {
  if (!state.open) return [state, []];
  const { pending: tapped, moment } = state.open;
  const gate = 'undelivered';
  const pending = [...state.pending, { ...tapped, last: { gate, moment } as const }];
  return [
    { ...state, open: null, pending, shown: state.shown.slice(0, -1) },
    [{ candidate: tapped.id, subject: tapped.subject, moment, gate }],
  ];
}

/** Weighs everything that waits. One is shown at most; a silence is recorded when its gate or moment is another. */
function speak(state: PolicyState, now: number, rules: Rules): Decision {
  const readings = state.pending
    .filter(({ present }) => present)
    .map((candidate) => ({ candidate, ...read(candidate, state, now, rules) }));
  const chosen = readings.filter(({ gate }) => gate === null).sort(byRank)[0];
  const silences: Silence[] = [];
  const pending = state.pending.map((candidate) => {
    const reading = readings.find((one) => one.candidate === candidate);
    if (!reading || reading === chosen) return candidate;
    const last = { gate: reading.gate ?? 'outranked', moment: reading.moment ?? 'none' } as const;
    if (!isNews(candidate.last, last)) return candidate;
    silences.push({ candidate: candidate.id, subject: candidate.subject, ...last });
    return { ...candidate, last };
  });
  if (!chosen?.window || !chosen.moment) return { state: { ...state, pending }, silences, show: null };
  const { candidate, window, moment } = chosen;
  return {
    state: {
      ...state,
      pending: pending.filter((one) => one !== candidate),
      shown: [...state.shown, { candidate: candidate.id, subject: candidate.subject, at: now }],
      open: { pending: candidate, window, moment, at: now },
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
