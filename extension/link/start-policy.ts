/** What the data directory tells about a companion. */
export type Found =
  /** Its process lives and its port answers. */
  | 'running'
  /** Its process lives, its port does not answer: it is starting or stopping. */
  | 'silent'
  /** It left its discovery file behind: it died. */
  | 'crashed'
  /** No discovery file: it never ran, or it stopped cleanly. */
  | 'absent';

export interface Situation {
  readonly found: Found;
  /** The user wants a companion here: auto-start is on, a folder is open, and it was not stopped from this window. */
  readonly wanted: boolean;
  /** The user asked for it now. */
  readonly asked: boolean;
  /** This window has been connected since it was last asked for. */
  readonly wasConnected: boolean;
  /** How long the process has been silent, ms. */
  readonly silentFor: number;
  /** Times (ms) of this window's own starts. */
  readonly starts: readonly number[];
}

export type Step = 'connect' | 'start' | 'wait' | 'rest' | 'give-up-for-now';

/** A companion that is silent for longer is taken for hung; the lock decides whether another may start. */
const SILENT_LIMIT_MS = 10_000;
/** Starts that one window may make: a companion that dies at once must not be started for ever. */
const START_LIMITS = [
  { within: 60_000, starts: 4 },
  { within: 3_600_000, starts: 15 },
] as const;

/**
 * What to do next about the companion. One that died is started again; one that somebody stopped (this
 * window, another window, the command line) stays stopped until somebody asks.
 */
export function nextStep(s: Situation, now: number): Step {
  if (s.found === 'running') return 'connect';
  if (s.found === 'silent' && s.silentFor < SILENT_LIMIT_MS) return 'wait';
  if (!s.asked) {
    if (!s.wanted) return 'rest';
    if (s.found === 'absent' && s.wasConnected) return 'rest';
    const exhausted = START_LIMITS.some(
      ({ within, starts }) => s.starts.filter((at) => at > now - within).length >= starts,
    );
    if (exhausted) return 'give-up-for-now';
  }
  return 'start';
}
