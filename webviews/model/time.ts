/** Milliseconds since the Unix epoch, as the contract has them. */
type Time = number;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const UNITS = [
  { below: 48 * HOUR, size: HOUR, one: 'h', many: 'h' },
  { below: 14 * DAY, size: DAY, one: 'day', many: 'days' },
  { below: 70 * DAY, size: 7 * DAY, one: 'week', many: 'weeks' },
  { below: 730 * DAY, size: 30.44 * DAY, one: 'month', many: 'months' },
  { below: Number.POSITIVE_INFINITY, size: 365.25 * DAY, one: 'year', many: 'years' },
] as const;

/** How long ago, or how far ahead, in one unit: "just now", "4 min ago", "38 h ago", "in 6 days". */
export function relative(at: Time, now: Time): string {
  const distance = Math.abs(now - at);
  if (distance < 45 * SECOND) return 'just now';
  const amount = approximately(distance);
  return at > now ? `in ${amount}` : `${amount} ago`;
}

/** A span in one unit: "4 min", "38 h", "6 days". */
export function approximately(ms: number): string {
  if (ms < HOUR) return `${Math.max(1, Math.round(ms / MINUTE))} min`;
  const unit = UNITS.find(({ below }) => ms < below) ?? UNITS[4];
  const count = Math.round(ms / unit.size);
  return `${count} ${count === 1 ? unit.one : unit.many}`;
}

/** A span in its two largest units: "2 days 14 hours". Under a minute: "less than a minute". */
export function span(ms: number): string {
  if (ms < MINUTE) return 'less than a minute';
  const days = Math.floor(ms / DAY);
  const hours = Math.floor((ms % DAY) / HOUR);
  const minutes = Math.floor((ms % HOUR) / MINUTE);
  const parts = [plural(days, 'day'), plural(hours, 'hour'), plural(minutes, 'minute')];
  const first = parts.findIndex((part) => part !== '');
  return parts
    .slice(first, first + 2)
    .filter((part) => part !== '')
    .join(' ');
}

/** The moment as one says it: "18:40" today, "Fri 18:40" within six days, then "21 Nov" or "21 Nov 2023". */
export function stamp(at: Time, now: Time, zone?: string): string {
  const sameDay = format(at, { dateStyle: 'short' }, zone) === format(now, { dateStyle: 'short' }, zone);
  const clock = format(at, { hour: '2-digit', minute: '2-digit' }, zone);
  if (sameDay) return clock;
  if (Math.abs(now - at) < 6 * DAY) return `${format(at, { weekday: 'short' }, zone)} ${clock}`;
  const sameYear = format(at, { year: 'numeric' }, zone) === format(now, { year: 'numeric' }, zone);
  return format(at, { day: 'numeric', month: 'short', ...(!sameYear && { year: 'numeric' }) }, zone);
}

/** The month of what is long ago: "May 2026". */
export function monthOf(at: Time, zone?: string): string {
  return format(at, { month: 'long', year: 'numeric' }, zone);
}

/** What stands below an axis of time that is `spanMs` long: "14:00", "Mon 3", "3 Nov". */
export function axisDate(at: Time, spanMs: number, zone?: string): string {
  if (spanMs <= 2 * DAY) return format(at, { hour: '2-digit', minute: '2-digit' }, zone);
  if (spanMs <= 10 * DAY) {
    const parts = {
      weekday: format(at, { weekday: 'short' }, zone),
      day: format(at, { day: 'numeric' }, zone),
    };
    return `${parts.weekday} ${parts.day}`;
  }
  return format(at, { day: 'numeric', month: 'short' }, zone);
}

/** A day by its name and date: "Mon 3 Nov", with the year where it is another than that of `now`. */
export function dayName(at: Time, now: Time, zone?: string): string {
  const sameYear = format(at, { year: 'numeric' }, zone) === format(now, { year: 'numeric' }, zone);
  const date = format(at, { weekday: 'short', day: 'numeric', month: 'short' }, zone).replace(',', '');
  return sameYear ? date : `${date} ${format(at, { year: 'numeric' }, zone)}`;
}

/** A day and the time on it: "Mon 3 Nov 14:05". */
export function dayAndTime(at: Time, now: Time, zone?: string): string {
  return `${dayName(at, now, zone)} ${format(at, { hour: '2-digit', minute: '2-digit' }, zone)}`;
}

/** Weekday and time of day: "Monday 09:12". */
export function weekdayAndTime(at: Time, zone?: string): string {
  return `${format(at, { weekday: 'long' }, zone)} ${format(at, { hour: '2-digit', minute: '2-digit' }, zone)}`;
}

/** The whole of it, for those who hover or listen: "Friday 21 November 2025 at 18:40". */
export function exact(at: Time, zone?: string): string {
  const day = format(at, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }, zone);
  return `${day.replace(',', '')} at ${format(at, { hour: '2-digit', minute: '2-digit' }, zone)}`;
}

function plural(count: number, noun: string): string {
  return count === 0 ? '' : `${count} ${noun}${count === 1 ? '' : 's'}`;
}

// The interface is in English, so its dates are too; the zone is the reader's.
function format(at: Time, options: Intl.DateTimeFormatOptions, zone?: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    ...options,
    ...(zone !== undefined && { timeZone: zone }),
  }).format(at);
}
