import { budgetGate } from './budget.ts';
import { inQuietHours } from './local-time.ts';
import { type Boundary, type Moment, openMoment, type WindowState } from './moments.ts';
import type { Gate, Pending, PolicyState } from './policy-state.ts';
import type { Rules } from './rules.ts';

/** Where a candidate would be told now, what is open there, and the first gate that stops it (null: none). */
export interface Reading {
  readonly window: string | null;
  readonly moment: Moment | null;
  readonly gate: Gate | null;
}

/** Looks at all gates, the lasting ones first, so that the log names the reason that would remain. Pure. */
export function read(candidate: Pending, state: PolicyState, now: number, rules: Rules): Reading {
  const window = state.focused ?? windowAtBoundary(candidate, state, now, rules);
  const known = window === null ? undefined : state.windows[window];
  const boundary = known ? openMoment(known, window === state.focused, now, rules.settings) : null;
  const moment = boundary?.moment ?? null;
  const gate =
    clockGate(state, now, rules) ??
    budgetGate(candidate, state, now, rules) ??
    windowGate(candidate, state, known, now, rules) ??
    (boundary === null ? 'boundary' : null) ??
    (now < usableFrom(boundary!, rules) ? 'early' : null);
  return { window, moment, gate };
}

/** The first instant at which a boundary may be used. */
export function usableFrom({ moment, at }: Boundary, { waits }: Rules): number {
  return at + (waits?.[moment] ?? 0) * 1000;
}

/** Whether a boundary is open in any window. Without one, nothing can be shown. */
export function anyMoment({ windows, focused }: PolicyState, now: number, { settings }: Rules): boolean {
  return Object.entries(windows).some(([id, window]) => openMoment(window, id === focused, now, settings));
}

/** The user's pause and quiet hours: absolute. */
function clockGate({ pausedUntil }: PolicyState, now: number, { settings, local }: Rules): Gate | null {
  const { quietFrom, quietUntil } = settings.interruption;
  if (now < pausedUntil) return 'paused';
  return inQuietHours(local(now).minute, quietFrom, quietUntil) ? 'quiet' : null;
}

function windowGate(
  { workspace }: Pending,
  state: PolicyState,
  window: WindowState | undefined,
  now: number,
  { settings }: Rules,
): Gate | null {
  if (state.focused === null || !window) return 'unfocused';
  if (workspace !== null && !window.workspaces.includes(workspace)) return 'workspace';
  if (window.debugging) return 'debugging';
  if (window.promptOpen || state.open) return 'prompt';
  return now <= quietHandsAt(state, window, settings.interruption.typingGraceSeconds) ? 'typing' : null;
}

/** The last instant at which the hands count as on the keyboard. Never before it has passed. */
export function quietHandsAt({ typedAt }: PolicyState, { since }: WindowState, graceSeconds: number): number {
  return Math.max(typedAt, since) + graceSeconds * 1000;
}

/** Without a focused window: one of the candidate's folder where a boundary is open, for the log to name. */
function windowAtBoundary(
  { workspace }: Pending,
  { windows }: PolicyState,
  now: number,
  { settings }: Rules,
): string | null {
  const found = Object.entries(windows).find(
    ([, window]) =>
      (workspace === null || window.workspaces.includes(workspace)) &&
      openMoment(window, false, now, settings) !== null,
  );
  return found?.[0] ?? null;
}
