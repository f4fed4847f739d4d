import type { Settings } from '../protocol/index.ts';

/** A boundary in the work, at which a tap disturbs least (systems.md, section 2). */
export type Moment = 'commit' | 'tests_green' | 'debug_ended' | 'focus' | 'save' | 'idle';

/** How long a boundary stays one when nothing is typed: then the user is elsewhere, or deep in something. */
export const MOMENT_OPEN_MS = 60_000;

/** When a boundary was, or will be, reached. */
export interface Boundary {
  readonly moment: Moment;
  readonly at: number;
}

/** What is known of one editor window. Times are those of arrival, so that a client's clock cannot mislead. */
export interface WindowState {
  readonly workspaces: readonly string[];
  /** First heard of. Whether the user typed just before is unknown, so it counts as typing. */
  readonly since: number;
  /** The last sign of the user's hand. */
  readonly activeAt: number;
  readonly typedAt: number;
  /** The last save that no typing followed. */
  readonly savedAt: number | null;
  readonly debugging: boolean;
  readonly promptOpen: boolean;
  /** The last boundary that was an event; typing ends it. */
  readonly boundary: Boundary | null;
  /** Boundaries up to here have had their tap. */
  readonly spentAt: number;
}

/**
 * The boundary that is open in a window, or null. Idleness and the quiet after a save are measured where the
 * user is: in the focused window.
 */
export function openMoment(
  window: WindowState,
  focused: boolean,
  now: number,
  settings: Settings,
): Boundary | null {
  const reached = [
    ...(window.boundary ? [window.boundary] : []),
    ...(focused ? quietMoments(window, settings) : []),
  ];
  const open = ({ at }: Boundary) => at > window.spentAt && at <= now && now < at + MOMENT_OPEN_MS;
  return reached.find(open) ?? null;
}

/** The boundaries that come by themselves when the user goes on doing nothing, and when. */
export function quietMoments(window: WindowState, { interruption: s }: Settings): Boundary[] {
  const idle: Boundary = { moment: 'idle', at: window.activeAt + s.idleSeconds * 1000 };
  if (window.savedAt === null) return [idle];
  const quietSince = Math.max(window.savedAt, window.typedAt);
  return [{ moment: 'save', at: quietSince + s.saveQuietSeconds * 1000 }, idle];
}
