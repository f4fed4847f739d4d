import type { ToLocal } from '../interruption/index.ts';
import type { StoryLine } from '../protocol/index.ts';
import { dayOf, type PartOfDay, partOf } from './day.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const TITLES: Readonly<Record<PartOfDay, string>> = {
  morning: 'Morning',
  afternoon: 'Afternoon',
  evening: 'Evening',
  night: 'Night',
};

export interface DayOptions {
  readonly local: ToLocal;
  /** The hour at which a day begins. */
  readonly startsAt: number;
  /** Without a persona's voice. */
  readonly plain: boolean;
}

/** Lines of one day, oldest first, as Markdown with a heading for each part of the day. Pure. */
export function dayMarkdown(
  day: string,
  lines: readonly StoryLine[],
  { local, startsAt, plain }: DayOptions,
): string {
  const date = new Date(`${day}T00:00:00Z`);
  const title = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' })
    .format(date)
    .replace(',', '');
  const out = [`# ${title}`, ''];
  if (lines.length === 0) out.push('Nothing was told on this day.', '');
  let part: PartOfDay | null = null;
  for (const line of lines) {
    const { minute } = local(line.at);
    const now = partOf(minute, startsAt);
    if (now !== part) out.push(...(part === null ? [] : ['']), `## ${TITLES[now]}`, '');
    part = now;
    const said = plain ? line.plain : `**${line.speaker}** ${escaped(line.text)}`;
    out.push(`- ${clock(minute)} ${plain ? escaped(said) : said}`);
  }
  if (lines.length > 0) out.push('');
  return out.join('\n');
}

/** The days, as numbers since 1970, between which a date's events lie, and how to tell which are its own. Pure. */
export function rangeOf(day: string, { local, startsAt }: Pick<DayOptions, 'local' | 'startsAt'>) {
  const number = Date.parse(`${day}T00:00:00Z`) / DAY_MS;
  return {
    // Local dates begin up to 14 h before and 12 h after those of UTC; a day that begins at 05:00 ends late.
    since: (number - 1) * DAY_MS,
    until: (number + 3) * DAY_MS,
    has: (at: number) => dayOf(at, startsAt, local) === number,
  };
}

/** The date to which a time belongs. */
export function dateOf(at: number, { local, startsAt }: Pick<DayOptions, 'local' | 'startsAt'>): string {
  return new Date(dayOf(at, startsAt, local) * DAY_MS).toISOString().slice(0, 10);
}

export function isDate(day: string): boolean {
  const at = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
}

function clock(minute: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** What users write is text, not markup. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~]/g, '\\$&').replace(/\s+/g, ' ');
}
