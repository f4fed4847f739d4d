/** When somebody was seen last, by a watch that looks again and again. */
export interface Idleness {
  /** Nobody was seen since. */
  readonly since: number;
  readonly lookedAt: number;
}

/** Looks that are further apart than this were not made in time: the machine slept, or its clock was set. */
const GAP_MS = 5 * 60_000;

export function idleFrom(now: number): Idleness {
  return { since: now, lookedAt: now };
}

/** After another look. Time that nobody watched does not count: who opens a laptop is there. Pure. */
export function look(idleness: Idleness, now: number): Idleness {
  const watched = now >= idleness.lookedAt && now - idleness.lookedAt <= GAP_MS;
  return { since: watched ? idleness.since : now, lookedAt: now };
}

/** After a sign of life. Pure. */
export function seen(idleness: Idleness, now: number): Idleness {
  return { ...idleness, since: now };
}
