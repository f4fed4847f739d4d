import type { EditorSignal } from '../protocol/index.ts';
import type { Moment, WindowState } from './moments.ts';

/** Clients gather edits for two seconds and tell them within one more: typing told so soon after a save may precede it. */
const SAVE_TAIL_MS = 3000;

/** A window as first heard of. */
export function newWindow(now: number): WindowState {
  return {
    workspaces: [],
    since: now,
    activeAt: now,
    typedAt: 0,
    savedAt: null,
    debugging: false,
    promptOpen: false,
    boundary: null,
    spentAt: -1,
  };
}

/** A window with its folder. A window of several folders tells the same signal for each; that changes nothing. */
export function withWorkspace(window: WindowState, workspace: string): WindowState {
  if (window.workspaces.includes(workspace)) return window;
  return { ...window, workspaces: [...window.workspaces, workspace] };
}

export function withBoundary(window: WindowState, moment: Moment, now: number): WindowState {
  return { ...window, boundary: { moment, at: now } };
}

/** The window after a signal that arrived at `now`. `hadFocus`: it was the focused window before. */
export function afterSignal(
  window: WindowState,
  signal: EditorSignal,
  hadFocus: boolean,
  now: number,
): WindowState {
  const active = { ...window, activeAt: now };
  switch (signal.kind) {
    case 'typing': {
      const { savedAt } = window;
      const kept = savedAt !== null && now - savedAt <= SAVE_TAIL_MS ? savedAt : null;
      return { ...active, typedAt: now, savedAt: kept, boundary: null };
    }
    case 'save':
      return { ...active, savedAt: now };
    case 'active':
      return active;
    case 'focus':
      return signal.focused && !hadFocus ? withBoundary(active, 'focus', now) : active;
    case 'debug': {
      const ended = window.debugging && !signal.active;
      return { ...(ended ? withBoundary(active, 'debug_ended', now) : active), debugging: signal.active };
    }
    case 'prompt':
      return { ...active, promptOpen: signal.open };
    // What a test or a language server says is no sign of the user's hand.
    case 'test':
      return signal.passed ? withBoundary(window, 'tests_green', now) : window;
    case 'diagnostics':
      return window;
  }
}
