/**
 * A stretch of work in one workspace. It ends after `SESSION_GAP_MS` without a sign of life; the next sign
 * begins another, which remembers what was before it: that is what "while you were away" is measured from.
 */
export interface Session {
  startedAt: number;
  lastActiveAt: number;
  /** The last sign of life before this session; null where nothing is known. */
  awayFrom: number | null;
  /** The tip of the default branch as it was known then. */
  tipBefore: string | null;
}

export const SESSION_GAP_MS = 2 * 60 * 60 * 1000;

/** The session after a sign of life at `now`. `tip` is the default branch's tip as last scanned. Pure. */
export function continueSession(session: Session | null, now: number, tip: string | null): Session {
  if (session && now - session.lastActiveAt < SESSION_GAP_MS) {
    return { ...session, lastActiveAt: Math.max(now, session.lastActiveAt) };
  }
  return {
    startedAt: now,
    lastActiveAt: now,
    awayFrom: session?.lastActiveAt ?? null,
    tipBefore: session ? tip : null,
  };
}
