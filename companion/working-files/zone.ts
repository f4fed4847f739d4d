/** A moment as a calendar and a clock on the wall show it. `month` is 1-12. */
export interface LocalTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  ms: number;
}

/** The user's time zone. Injected, so that each rule can be tested in any zone and across a change of the clocks. */
export interface Zone {
  local(at: number): LocalTime;
  /** The moment of a local time; one that the clocks skip counts as if they had not been changed yet. */
  at(local: LocalTime): number;
}

/** The zone of this machine. */
export const systemZone: Zone = {
  local(at) {
    const date = new Date(at);
    return {
      year: date.getFullYear(),
      month: date.getMonth() + 1,
      day: date.getDate(),
      hour: date.getHours(),
      minute: date.getMinutes(),
      second: date.getSeconds(),
      ms: date.getMilliseconds(),
    };
  },
  at: ({ year, month, day, hour, minute, second, ms }) =>
    new Date(year, month - 1, day, hour, minute, second, ms).getTime(),
};

/** The local time as if it were UTC: for arithmetic on the calendar. */
export function asUtc({ year, month, day, hour, minute, second, ms }: LocalTime): number {
  return Date.UTC(year, month - 1, day, hour, minute, second, ms);
}
