/**
 * A countdown before a run acts. A click's runs; one whose silence is consent runs only while somebody is known to see
 * it, and stands still otherwise.
 */
export interface Countdown {
  readonly consent: 'click' | 'silence';
  /** At `countedAt`. */
  readonly remainingMs: number;
  readonly countedAt: number;
  /** The connection that sees it, and until when that is taken as true. */
  readonly seenBy: string | null;
  readonly seenUntil: number;
}

/** Told once a second that it is in sight; what is not heard for so long is out of sight. */
export const SIGHT_MS = 1500;

export function startCountdown(consent: Countdown['consent'], ms: number, now: number): Countdown {
  return { consent, remainingMs: ms, countedAt: now, seenBy: null, seenUntil: 0 };
}

/** Counted up to now. A clock that was set back says nothing of how long anybody still looks. Pure. */
export function count(countdown: Countdown, now: number): Countdown {
  if (now < countdown.countedAt)
    return { ...countdown, countedAt: now, seenUntil: Math.min(countdown.seenUntil, now) };
  const until = countdown.consent === 'click' ? now : Math.min(now, countdown.seenUntil);
  const passed = Math.max(0, until - countdown.countedAt);
  return { ...countdown, remainingMs: Math.max(0, countdown.remainingMs - passed), countedAt: now };
}

/** Somebody tells whether they see it. Who does not see it speaks for nobody else. Pure. */
export function see(countdown: Countdown, by: string, visible: boolean, now: number): Countdown {
  const counted = count(countdown, now);
  if (visible) return { ...counted, seenBy: by, seenUntil: now + SIGHT_MS };
  return counted.seenBy === by ? { ...counted, seenBy: null, seenUntil: now } : counted;
}

/** When it ends if nothing happens; null while it stands still. Pure. */
export function endsAt(countdown: Countdown, now: number): number | null {
  const { consent, remainingMs, seenUntil } = count(countdown, now);
  return consent === 'click' || seenUntil > now ? now + remainingMs : null;
}

/** When it must be looked at again: its end, or when it goes out of sight; null while it stands still. Pure. */
export function looksAt(countdown: Countdown, now: number): number | null {
  const end = endsAt(countdown, now);
  if (end === null || countdown.consent === 'click') return end;
  return Math.min(end, count(countdown, now).seenUntil);
}
