import type { Placed, Week } from '../weeks.ts';

/** The first and the last work of one day. */
export interface WorkingDay {
  readonly day: number;
  readonly first: Placed;
  readonly last: Placed;
}

/** What shows that somebody sits there. */
const HAND: ReadonlySet<string> = new Set(['edit', 'switch', 'focus', 'debug', 'test']);
/** Work goes on where the next of it comes within an hour: a glance at six in the morning is no start. */
const STRETCH_MIN = 60;

/** The days of a week on which somebody was there, from where work goes on to where it went on until. */
export function presentDays(week: Week): WorkingDay[] {
  const items = week.items.filter(({ event }) => HAND.has(event.kind));
  return byDay(items).flatMap(([day, work]) => {
    const first = work.find((item, i) => goesOn(item, work[i + 1]));
    const last = work.findLast((item, i) => i > 0 && goesOn(work[i - 1]!, item));
    return first && last ? [{ day, first, last }] : [];
  });
}

/** The days of a week with commits of the user's own. */
export function committedDays(week: Week): WorkingDay[] {
  const items = week.items.filter(({ event }) => event.kind === 'commit' && event.own);
  return byDay(items).map(([day, work]) => ({ day, first: work[0]!, last: work.at(-1)! }));
}

export function byDay(items: readonly Placed[]): [day: number, items: Placed[]][] {
  return [...Map.groupBy(items, ({ day }) => day)];
}

function goesOn(item: Placed, next: Placed | undefined): boolean {
  return next !== undefined && next.minute - item.minute <= STRETCH_MIN;
}
