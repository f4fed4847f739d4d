/**
 * A circuit breaker: after failures in a row a provider rests, longer each time, so that what is in trouble is not
 * asked again and again. Pure. systems.md §19: three failures to degrade, one success to recover.
 */
export interface Breaker {
  readonly failures: number;
  /** How often it has opened since the last success. */
  readonly opened: number;
  /** Nothing is asked of it until then; null: it is closed. */
  readonly retryAt: number | null;
}

export const CLOSED: Breaker = { failures: 0, opened: 0, retryAt: null };

const FAILURES = 3;
const FIRST_PAUSE_MS = 3000;
const LONGEST_PAUSE_MS = 60_000;

export function failed({ failures, opened }: Breaker, now: number): Breaker {
  // Once it has opened, one more failure opens it again.
  if (failures + 1 < FAILURES && opened === 0) return { failures: failures + 1, opened, retryAt: null };
  const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** opened);
  return { failures: failures + 1, opened: opened + 1, retryAt: now + pause };
}

export function isOpen({ retryAt }: Breaker, now: number): boolean {
  return retryAt !== null && now < retryAt;
}
