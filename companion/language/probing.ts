/** What decides how soon to look at the providers again. */
export interface Watched {
  readonly now: number;
  /** A question waits for a provider. */
  readonly waiting: boolean;
  /** Since when what a person counts on cannot be reached; null: all is well. */
  readonly amissSince: number | null;
  /** When a model wrote last. */
  readonly lastUse: number;
  /** There is somebody to answer. */
  readonly reachable: boolean;
  /** Somebody is connected who might ask. */
  readonly watched: boolean;
}

const WAITING_MS = 500;
const SOON_MS = 1500;
const PATIENT_MS = 10_000;
const PATIENT_AFTER_MS = 5 * 60_000;
/** While a conversation goes on, the end of its model is to show within five seconds (C9). */
const IN_USE_MS = 2000;
const IN_USE_FOR_MS = 60_000;
const SEEKING_MS = 30_000;

/** In so many ms; null: not at all until something happens. Pure. */
export function nextLook({ now, waiting, amissSince, lastUse, reachable, watched }: Watched): number | null {
  if (waiting) return WAITING_MS;
  if (amissSince !== null) return now - amissSince < PATIENT_AFTER_MS ? SOON_MS : PATIENT_MS;
  if (reachable && now - lastUse < IN_USE_FOR_MS) return IN_USE_MS;
  return !reachable && watched ? SEEKING_MS : null;
}
