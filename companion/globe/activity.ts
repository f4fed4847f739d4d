const DAY = 24 * 60 * 60 * 1000;
/** What was touched so long ago counts half as much as what is touched now. */
const HALF_LIFE = 7 * DAY;

export interface Active {
  readonly touchedAt: number;
  /** Acts that left something: notes of a loop, uncommitted files, commits ahead. */
  readonly acts: number;
  readonly ended: boolean;
}

/**
 * How much goes on in a loop, 0-1: recency with a half-life of a week, raised by what was done in it (a quarter at
 * none, whole at fifteen acts); what is closed has a third of it.
 */
export function loopActivity({ touchedAt, acts, ended }: Active, now: number): number {
  const volume = 0.25 + 0.75 * Math.min(1, Math.log2(1 + Math.max(0, acts)) / 4);
  return round(recency(touchedAt, now) * volume * (ended ? 1 / 3 : 1));
}

/** How much a record is used, 0-1: half its recency, half its salience, each look at it a little more. */
export function recordActivity(
  record: { readonly at: number; readonly salience: number; readonly looks: number },
  now: number,
): number {
  const looked = Math.min(0.3, 0.1 * Math.log2(1 + record.looks));
  return round(0.4 * recency(record.at, now) + 0.3 * record.salience + looked);
}

function recency(at: number, now: number): number {
  return 2 ** (-Math.max(0, now - at) / HALF_LIFE);
}

/** Three digits tell sizes apart; more would only be longer on the wire. */
function round(share: number): number {
  return Math.round(Math.min(1, Math.max(0, share)) * 1000) / 1000;
}
