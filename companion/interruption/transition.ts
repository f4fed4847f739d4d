import type { EditorSignal } from '../protocol/index.ts';
import type { Candidate } from './candidate.ts';
import { type Pending, type PolicyState, type Silence, silence } from './policy-state.ts';
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

/** A state and the silences recorded on the way to it. */
export type Step = readonly [PolicyState, readonly Silence[]];

/** The state after an event, and the silences that the event itself means. Pure. */
export function apply(state: PolicyState, event: PolicyEvent, now: number): Step {
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
  if (state.open?.pending.id === id) return { ...state, open: { ...state.open, withdrawn: false } };
  const past = state.told[id];
  if (past?.why === 'shown' || (past && !bypass)) return state;
  const known = state.pending.find((one) => one.id === id);
  const { bornAt, last } = known ?? { bornAt: now, last: null };
  const pending: Pending = { id, subject, workspace, bypass, bornAt, last, present: true };
  const { [id]: _, ...told } = state.told;
  return { ...state, told, pending: [...state.pending.filter((one) => one.id !== id), pending] };
}

function withdrawn(state: PolicyState, subject: string): Step {
  const gone = state.pending.filter((one) => one.subject === subject);
  const pending = state.pending.filter((one) => one.subject !== subject);
  const open = state.open?.pending.subject === subject ? { ...state.open, withdrawn: true } : state.open;
  return [{ ...state, open, pending }, gone.map((one) => silence(one, 'none', 'withdrawn'))];
}

function answered(
  state: PolicyState,
  { outcome, again }: Extract<PolicyEvent, { kind: 'answered' }>,
  now: number,
): PolicyState {
  if (!state.open) return state;
  const { pending: tapped, at, withdrawn } = state.open;
  const dismissals =
    outcome === 'engaged' ? 0 : outcome === 'dismissed' ? state.dismissals + 1 : state.dismissals;
  const settled = { ...state, open: null, dismissals };
  // "Later" begins another life; the budget holds for it as for anything else.
  if (again && !withdrawn)
    return { ...settled, pending: [...settled.pending, { ...tapped, bornAt: now, last: null }] };
  return { ...settled, told: { ...settled.told, [tapped.id]: { at, why: 'shown' } } };
}

/** As if it had not been tried, except for the moment, which is spent: no second attempt at the same one. */
function undelivered(state: PolicyState): Step {
  if (!state.open) return [state, []];
  const { pending: tapped, moment, withdrawn } = state.open;
  const tried = silence(tapped, moment, 'undelivered');
  const untold = { ...state, open: null, shown: state.shown.slice(0, -1) };
  if (withdrawn) return [untold, [tried, silence(tapped, 'none', 'withdrawn')]];
  const pending = [...state.pending, { ...tapped, last: { gate: tried.gate, moment } }];
  return [{ ...untold, pending }, [tried]];
}
