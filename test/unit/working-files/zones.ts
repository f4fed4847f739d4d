import type { LocalTime, Zone } from '../../../companion/working-files/zone.ts';

/** A zone of the time zone database, whatever the zone of this machine. */
export function zoneOf(name: string): Zone {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const local = (at: number): LocalTime => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) as number;
    return {
      year: part('year'),
      month: part('month'),
      day: part('day'),
      hour: part('hour'),
      minute: part('minute'),
      second: part('second'),
      ms: ((at % 1000) + 1000) % 1000,
    };
  };
  const utcOf = (time: LocalTime) =>
    Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute, time.second, time.ms);
  return {
    local,
    at(time) {
      // The offset in force before a change of the clocks counts, as for `Date`.
      const before = utcOf(time) - (utcOf(local(utcOf(time) - 86_400_000)) - (utcOf(time) - 86_400_000));
      if (utcOf(local(before)) === utcOf(time)) return before;
      const after = utcOf(time) - (utcOf(local(utcOf(time) + 86_400_000)) - (utcOf(time) + 86_400_000));
      return utcOf(local(after)) === utcOf(time) ? after : before;
    },
  };
}
