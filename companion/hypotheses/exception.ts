import { type Calendar, place, type Week, weekday } from './weeks.ts';

/** When a belief does not hold, as far as it can be read from the user's words. */
export interface Exception {
  /** Days of the week, 0 for Monday; empty for any. */
  readonly weekdays: readonly number[];
  /** Minutes of the day; `until` before `from` spans midnight. Null for any. */
  readonly hours: { readonly from: number; readonly until: number } | null;
  /** Words of which a branch's name holds one; empty for any. */
  readonly branches: readonly string[];
}

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const TIME = String.raw`(\d{1,2})(?::(\d\d))?\s*(am|pm)?(?:\s*o.clock)?`;
/** Words that follow "on" and the like and name no branch. */
const COMMON = new Set(
  'a an the my our this that these those any all some it i we work working days day holidays holiday vacation'.split(
    ' ',
  ),
);

/** Reads weekdays, hours and words of branches out of what the user wrote; null where there are none. Pure. */
export function readException(text: string): Exception | null {
  const plain = text.toLowerCase();
  const weekdays = weekdaysIn(plain);
  const hours = hoursIn(plain);
  const branches = branchWords(plain, weekdays.length > 0 || hours !== null);
  if (weekdays.length === 0 && !hours && branches.length === 0) return null;
  return { weekdays, hours, branches };
}

/** What was understood, for the user to check: "on Friday", "from 18:00 to 24:00", "on branches with hotfix". */
export function exceptionWords({ weekdays, hours, branches }: Exception): string {
  const time = (minute: number) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
  return [
    weekdays.length > 0 ? `on ${weekdays.map((day) => capital(DAYS[day]!)).join(', ')}` : '',
    hours ? `from ${time(hours.from)} to ${time(hours.until)}` : '',
    branches.length > 0 ? `on branches with ${branches.join(' or ')}` : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

/** The week without what happened inside the exception; null where nothing else happened. */
export function outside(week: Week, exception: Exception, { local }: Pick<Calendar, 'local'>): Week | null {
  const items = week.items.filter(({ event, day }) => {
    const { weekdays, hours, branches } = exception;
    const branch = 'branch' in event ? event.branch : null;
    const { minute } = place(event, { local, dayStartsAt: 0 });
    const inside =
      (weekdays.length === 0 || weekdays.includes(weekday(day))) &&
      (hours === null || within(minute, hours)) &&
      (branches.length === 0 || branches.some((word) => branch?.toLowerCase().includes(word)));
    return !inside;
  });
  return items.length === 0 ? null : { ...week, items };
}

function weekdaysIn(text: string): number[] {
  const found = new Set<number>();
  for (const [day, name] of DAYS.entries()) {
    const short = name.slice(0, 3);
    if (new RegExp(String.raw`\b(?:${name}s?|${short}s?)\b`).test(text)) found.add(day);
  }
  if (/\bweek-?ends?\b/.test(text)) for (const day of [5, 6]) found.add(day);
  return [...found].sort();
}

function hoursIn(text: string): Exception['hours'] {
  const between = new RegExp(String.raw`\b(?:between|from)\s+${TIME}\s+(?:and|to|until|till)\s+${TIME}`).exec(
    text,
  );
  if (between) {
    const [from, until] = [minuteOf(between.slice(1, 4)), minuteOf(between.slice(4, 7))];
    if (from !== null && until !== null) return { from, until };
  }
  const after = new RegExp(String.raw`\b(?:after|past|since|from)\s+${TIME}`).exec(text);
  const from = after && minuteOf(after.slice(1, 4));
  if (from != null) return { from, until: 1440 };
  const before = new RegExp(String.raw`\b(?:before|until|till)\s+${TIME}`).exec(text);
  const until = before && minuteOf(before.slice(1, 4));
  if (until != null) return { from: 0, until };
  if (/\bmornings?\b/.test(text)) return { from: 300, until: 720 };
  if (/\bafternoons?\b/.test(text)) return { from: 720, until: 1080 };
  if (/\bevenings?\b/.test(text)) return { from: 1080, until: 1440 };
  if (/\b(?:at night|nights)\b/.test(text)) return { from: 1320, until: 300 };
  return null;
}

function minuteOf([hour, minute = '0', half]: readonly (string | undefined)[]): number | null {
  const hours = half ? (Number(hour) % 12) + (half === 'pm' ? 12 : 0) : Number(hour);
  const all = hours * 60 + Number(minute);
  return hours <= 24 && all <= 1440 ? all : null;
}

/** "hotfix" of "for hotfixes" and "on hotfix branches"; without the word branch only where nothing else was read. */
function branchWords(text: string, more: boolean): string[] {
  const named = [
    ...text.matchAll(/([\w/.-]+)\s+branch(?:es)?\b|\bbranch(?:es)?\s+(?:named|called|with)\s+([\w/.-]+)/g),
  ].map((match) => match[1] ?? match[2]!);
  const guessed = more
    ? []
    : [...text.matchAll(/\b(?:for|on|in|with|during)\s+([\w/.-]+)/g)].map((match) => match[1]!);
  const words = (named.length > 0 ? named : guessed).filter((word) => !COMMON.has(word) && word.length > 2);
  return [...new Set(words.map(singular))];
}

function singular(word: string): string {
  return word.replace(/(?<=x|ch|sh|ss)es$|(?<![s/])s$/, '');
}

function within(minute: number, { from, until }: { from: number; until: number }): boolean {
  return from <= until ? from <= minute && minute < until : minute >= from || minute < until;
}

function capital(word: string): string {
  return word[0]!.toUpperCase() + word.slice(1);
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}
