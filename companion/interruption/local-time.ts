const DAY_MS = 24 * 60 * 60 * 1000;

/** A time as the clock on the user's wall shows it. */
export interface LocalTime {
  /** Days since 1970-01-01 of the local date. */
  readonly day: number;
  /** Minutes since local midnight, 0-1439. */
  readonly minute: number;
}

/** Tells the local time of an instant (ms since the epoch). */
export type ToLocal = (at: number) => LocalTime;

/** The time zone of this machine, as it is at that instant. */
export const systemLocalTime: ToLocal = (at) => {
  const date = new Date(at);
  return {
    day: Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY_MS,
    minute: date.getHours() * 60 + date.getMinutes(),
  };
};

/** The day that `at` belongs to when a day begins at `startsAt` o'clock. */
export function dayOf(at: number, startsAt: number, local: ToLocal): number {
  const { day, minute } = local(at);
  return minute < startsAt * 60 ? day - 1 : day;
}

/** Whether a minute of the day lies in the quiet hours; they may span midnight, and "" or equal ends mean none. */
export function inQuietHours(minute: number, from: string, until: string): boolean {
  if (from === '' || until === '') return false;
  const [start, end] = [minuteOf(from), minuteOf(until)];
  return start <= end ? start <= minute && minute < end : minute >= start || minute < end;
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
