import type { StoryLine } from '../../../companion/protocol/index.ts';
import { DAY } from '../time.ts';

export type PartOfDay = 'morning' | 'afternoon' | 'evening' | 'night';

export const PART_WORDS: Readonly<Record<PartOfDay, string>> = {
  morning: 'Morning',
  afternoon: 'Afternoon',
  evening: 'Evening',
  night: 'Night',
};

export type Order = 'newest' | 'oldest';

/** The hour of the reader's clock. */
function hourOf(at: number, zone?: string): number {
  const options = {
    hour: 'numeric',
    hourCycle: 'h23',
    ...(zone !== undefined && { timeZone: zone }),
  } as const;
  return Number(new Intl.DateTimeFormat('en-GB', options).format(at));
}

/** The part of the day, as the exported story names it: the night ends when a new day begins. */
export function partOf(at: number, startsAt: number, zone?: string): PartOfDay {
  const hour = hourOf(at, zone);
  if (hour < startsAt) return 'night';
  if (hour < 12) return 'morning';
  return hour < 18 ? 'afternoon' : 'evening';
}

export interface DayPart {
  readonly part: PartOfDay;
  readonly lines: readonly StoryLine[];
}

/** The lines of a day by its parts, in the order in which they are read. */
export function byPart(
  lines: readonly StoryLine[],
  order: Order,
  startsAt: number,
  zone?: string,
): DayPart[] {
  const sorted = lines.toSorted((a, b) => a.at - b.at || a.seq - b.seq);
  const groups: { part: PartOfDay; lines: StoryLine[] }[] = [];
  for (const line of order === 'newest' ? sorted.reverse() : sorted) {
    const part = partOf(line.at, startsAt, zone);
    const last = groups.at(-1);
    if (last?.part === part) last.lines.push(line);
    else groups.push({ part, lines: [line] });
  }
  return groups;
}

/** Another day of the calendar: `2026-03-02` and -1 give `2026-03-01`. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** Whether it is a day of the calendar, written `2026-03-02`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** The date to which a moment belongs, where a day begins at `startsAt` o'clock of the reader's clock. */
export function dayOf(at: number, startsAt: number, zone?: string): string {
  const date = new Intl.DateTimeFormat('en-CA', {
    dateStyle: 'short',
    ...(zone !== undefined && { timeZone: zone }),
  }).format(at);
  return hourOf(at, zone) < startsAt ? addDays(date, -1) : date;
}

/** A day as one says it: "Monday 24 November", with its year where that is another than `today`'s. */
export function dayWords(day: string, today: string): string {
  const year = day.slice(0, 4) === today.slice(0, 4) ? {} : ({ year: 'numeric' } as const);
  return new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...year,
    timeZone: 'UTC',
  })
    .format(Date.parse(`${day}T00:00:00Z`))
    .replace(',', '');
}

/** What the stored day and the lines that came since give together; what was heard live keeps its words. */
export function withHeard(stored: readonly StoryLine[], heard: readonly StoryLine[]): StoryLine[] {
  const newest = Math.max(0, ...stored.map(({ seq }) => seq));
  const said = new Map(heard.map((line) => [line.seq, line]));
  const known = stored.map((line) => {
    const live = said.get(line.seq);
    // In plain words where that was switched on meanwhile.
    return live && line.text !== line.plain ? { ...line, text: live.text } : line;
  });
  return [...known, ...heard.filter(({ seq }) => seq > newest)];
}
