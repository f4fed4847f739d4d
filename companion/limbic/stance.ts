import type { Levels, Mode, Posture, Settings } from '../protocol/index.ts';

/** What mode and posture follow from, beside the levels. */
export interface Circumstances {
  readonly service: 'stopped' | 'degraded' | 'well';
  /** The onboarding conversation is under way. */
  readonly converging: boolean;
  /** How much is on the user's plate now, and how pressing it is, 0-1. */
  readonly load: number;
  readonly urgency: number;
  /** A question is being answered. */
  readonly asked: boolean;
}

const QUIET_BELOW = 0.3;
const SLUMBER_BELOW = 0.3;
const PRESSED_ABOVE = 0.6;
const PEER_TRUST = 0.8;
const PEER_WARMTH = 0.7;

/**
 * The first that applies: stopped, degraded, convergence (the user began it), quiet (valence below .3), slumber
 * (arousal below .3), live. systems.md, section 9.
 */
export function modeOf({ valence, arousal }: Levels, { service, converging }: Circumstances): Mode {
  if (service !== 'well') return service;
  if (converging) return 'convergence';
  if (valence < QUIET_BELOW) return 'quiet';
  return arousal < SLUMBER_BELOW ? 'slumber' : 'live';
}

/**
 * The first that applies, the nearest to what the user does now: expert for a question, copilot when load or urgency
 * is above .6, peer when trust is above .8 and warmth above .7, else companion.
 */
export function postureOf({ trust, warmth }: Levels, { load, urgency, asked }: Circumstances): Posture {
  if (asked) return 'expert';
  if (Math.max(load, urgency) > PRESSED_ABOVE) return 'copilot';
  return trust > PEER_TRUST && warmth > PEER_WARMTH ? 'peer' : 'companion';
}

/** By how much a mode or a posture is quieter than the settings: times the pause between taps, taps a day at most. */
const QUIETER: Readonly<Partial<Record<Mode | Posture, { pause: number; perDay: number }>>> = {
  stopped: { pause: 1, perDay: 0 },
  convergence: { pause: 1, perDay: 0 },
  quiet: { pause: 2, perDay: 1 },
  slumber: { pause: 2, perDay: 1 },
  copilot: { pause: 1.5, perDay: 2 },
};
/** A pause is never made longer than this, unless the user's own setting is. */
const LONGEST_MINUTES = 7 * 24 * 60;

/** The settings of interruption as they hold in this mode and posture: never louder than those given. Pure. */
export function quieten(
  settings: Settings['interruption'],
  { mode, posture }: { mode: Mode; posture: Posture },
): Settings['interruption'] {
  const factors = [QUIETER[mode], QUIETER[posture]].filter((one) => one !== undefined);
  const pause = Math.max(1, ...factors.map((one) => one.pause));
  const longer = (minutes: number) => Math.max(minutes, Math.min(minutes * pause, LONGEST_MINUTES));
  return {
    ...settings,
    refractoryMinutes: longer(settings.refractoryMinutes),
    maxRefractoryMinutes: longer(settings.maxRefractoryMinutes),
    perDay: Math.min(settings.perDay, ...factors.map((one) => one.perDay)),
  };
}
