import { en, type ParsedComponents, type ParsedResult } from 'chrono-node';

/** From `since` to `until`, both inclusive, ms since the epoch. */
export interface TimeRange {
  readonly since: number;
  readonly until: number;
}

const DAY = 24 * 60 * 60 * 1000;
/** How long ago something may be that "before ..." or "since ..." speaks of. */
const ALWAYS = 200 * 365 * DAY;

/**
 * The time that a query speaks of: "last week", "in May 2023", "between 3 and 5 June", "since Monday", "before March".
 * Never in the future: "since Monday" is the Monday that was. Null where it speaks of none. Pure.
 */
export function timeOf(query: string, now: number): TimeRange | null {
  const text = query.replace(/\bbetween\s+(.{1,30}?)\s+and\s+/gi, 'from $1 to ');
  const found = en.parse(text, new Date(now), { forwardDate: false })[0];
  const range = found ? inThePast(rangeOf(found), found.start, now) : yearOf(text);
  if (!range) return null;
  const ahead = text.slice(0, found?.index ?? /\d{4}/.exec(text)?.index).toLowerCase();
  if (/\bsince\s*$/.test(ahead)) return { since: range.since, until: now };
  if (/\bafter\s*$/.test(ahead)) return { since: range.until, until: now };
  if (/\b(?:before|until|by)\s*$/.test(ahead)) return { since: range.since - ALWAYS, until: range.since };
  return range;
}

function rangeOf({ start, end, text }: ParsedResult): TimeRange {
  // The parser's weekend is its Sunday.
  if (/weekend/i.test(text)) {
    const sunday = startOfDay(start.date().getTime());
    return { since: sunday - DAY, until: sunday + DAY - 1 };
  }
  return { since: startOf(start), until: endOf(end ?? start, text) };
}

/** A month or a weekday without its year or week is the last one that there was. */
function inThePast(range: TimeRange, start: ParsedComponents, now: number): TimeRange {
  if (range.since <= now) return range;
  const [days, years] = start.isCertain('month') ? [0, 1] : [7, 0];
  const back = (time: number) => {
    const date = new Date(time);
    date.setFullYear(date.getFullYear() - years, date.getMonth(), date.getDate() - days);
    return date.getTime();
  };
  return start.isCertain('year') ? range : { since: back(range.since), until: back(range.until) };
}

/** "in 2022": a year alone is no date to the parser. */
function yearOf(text: string): TimeRange | null {
  const year = Number(/\b(?:in|of|during|since|after|before|until|by)\s+((?:19|20)\d\d)\b/i.exec(text)?.[1]);
  if (!year) return null;
  return { since: new Date(year, 0, 1).getTime(), until: new Date(year + 1, 0, 1).getTime() - 1 };
}

function startOf(date: ParsedComponents): number {
  if (relative(date) || date.isCertain('weekday')) return startOfDay(date.date().getTime());
  const day = date.isCertain('day') ? date.get('day')! : 1;
  const month = date.isCertain('month') ? date.get('month')! : 1;
  return new Date(date.get('year')!, month - 1, day).getTime();
}

function endOf(date: ParsedComponents, text: string): number {
  const start = startOfDay(date.date().getTime());
  if (/week/i.test(text)) return start + 7 * DAY - 1;
  if (relative(date) || date.isCertain('day') || date.isCertain('weekday')) return start + DAY - 1;
  if (date.isCertain('month')) return new Date(date.get('year')!, date.get('month')!, 1).getTime() - 1;
  return new Date(date.get('year')! + 1, 0, 1).getTime() - 1;
}

/** "three days ago": a day, though neither day nor month is named. */
function relative(date: ParsedComponents): boolean {
  return !date.isCertain('day') && !date.isCertain('month') && !date.isCertain('year');
}

function startOfDay(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0);
}
