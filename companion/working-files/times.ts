import { asUtc, type Zone } from './zone.ts';

/** How moments are written in a working file, and read from it. */
export interface Times {
  zone: Zone;
  /** The hour that a date without a time means. */
  dayStartsAt: number;
}

export const EXPECTED_TIME = 'a date such as "2026-03-09" or "2026-03-09T14:30", or null';

const LATEST = 8.64e15;
const PATTERN =
  /^(\d{4,5})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{3}))?)?(Z|[+-]\d\d:?\d\d)?)?$/;
const MINUTE = 60_000;

/** A moment in local time with its offset; the date alone where it is the beginning of that day. */
export function formatTime(at: number | null, { zone, dayStartsAt }: Times): string | number | null {
  if (at === null) return null;
  if (at > LATEST) return at;
  const local = zone.local(at);
  const offset = (asUtc(local) - at) / MINUTE;
  const date = `${pad(local.year, 4)}-${pad(local.month)}-${pad(local.day)}`;
  if (local.year < 1970 || local.year > 99_999 || !Number.isInteger(offset)) return at;
  const start = zone.at({ ...local, hour: dayStartsAt, minute: 0, second: 0, ms: 0 });
  if (at === start) return date;
  const fraction = local.ms > 0 ? `.${pad(local.ms, 3)}` : '';
  const seconds = local.second > 0 || local.ms > 0 ? `:${pad(local.second)}${fraction}` : '';
  const distance = Math.abs(offset);
  const sign = offset < 0 ? '-' : '+';
  const zoned = `${sign}${pad(Math.floor(distance / 60))}:${pad(distance % 60)}`;
  return `${date}T${pad(local.hour)}:${pad(local.minute)}${seconds}${zoned}`;
}

/** The moment that a value of a working file means; `undefined` where it means none. */
export function parseTime(value: unknown, { zone, dayStartsAt }: Times): number | null | undefined {
  if (value === null) return null;
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? value : undefined;
  const found = typeof value === 'string' ? PATTERN.exec(value.trim()) : null;
  if (!found) return undefined;
  const [, year, month, day, hour, minute = '0', second = '0', ms = '0', offset] = found;
  const local = {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: hour === undefined ? dayStartsAt : Number(hour),
    minute: Number(minute),
    second: Number(second),
    ms: Number(ms),
  };
  const utc = asUtc(local);
  if (!exists(local, utc)) return undefined;
  const at = offset === undefined ? zone.at(local) : utc - offsetMinutes(offset) * MINUTE;
  return at >= 0 ? at : undefined;
}

/** No thirtieth of February and no hour 25: those would silently become another moment. */
function exists(local: { year: number; month: number; day: number; hour: number }, utc: number): boolean {
  const date = new Date(utc);
  return (
    local.year >= 1970 &&
    date.getUTCFullYear() === local.year &&
    date.getUTCMonth() + 1 === local.month &&
    date.getUTCDate() === local.day &&
    date.getUTCHours() === local.hour
  );
}

function offsetMinutes(offset: string): number {
  if (offset === 'Z') return 0;
  const [hours, minutes] = [offset.slice(1, 3), offset.slice(-2)].map(Number) as [number, number];
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

function pad(value: number, length = 2): string {
  return String(value).padStart(length, '0');
}
