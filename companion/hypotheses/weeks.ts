import type { LocalTime, ToLocal } from '../interruption/index.ts';
import type { WorkEvent } from '../timeline/index.ts';

/** An event with its place in the user's calendar. */
export interface Placed {
  readonly event: WorkEvent;
  /** Local days since 1970-01-01; what happens before the day begins belongs to the day before. */
  readonly day: number;
  /** Minutes since the midnight that this day began with; over 1440 for what happens at night. */
  readonly minute: number;
}

/** A calendar week, Monday to Sunday, or several: the stretch by which beliefs are tested. */
export interface Week {
  /** Weeks since the one of 1970-01-01. */
  readonly number: number;
  /** In the order of time; never empty. */
  readonly items: readonly Placed[];
}

/** The hour at which a day begins, 0-23, and the clock on the wall. */
export interface Calendar {
  readonly local: ToLocal;
  readonly dayStartsAt: number;
}

/** 1970-01-01 was a Thursday. */
const MONDAY = 3;

export function weekOf(day: number): number {
  return Math.floor((day + MONDAY) / 7);
}

/** 0 for Monday to 6 for Sunday. */
export function weekday(day: number): number {
  return (day + MONDAY) % 7;
}

export function place(event: WorkEvent, calendar: Calendar): Placed {
  const { day, minute } = localDay(event.at, calendar);
  return { event, day, minute };
}

/** The day that a time belongs to, and the minute in it. */
export function localDay(at: number, { local, dayStartsAt }: Calendar): LocalTime {
  const { day, minute } = local(at);
  return minute < dayStartsAt * 60 ? { day: day - 1, minute: minute + 1440 } : { day, minute };
}

/** Events by week, the oldest first; weeks in which nothing happened are left out. */
export function weeksOf(events: readonly WorkEvent[], calendar: Calendar): Week[] {
  const placed = events.map((event) => place(event, calendar)).sort((a, b) => a.event.at - b.event.at);
  return [...Map.groupBy(placed, ({ day }) => weekOf(day))]
    .map(([number, items]) => ({ number, items }))
    .sort((a, b) => a.number - b.number);
}

/** Several weeks as one stretch, by the number of the last. */
export function joined(weeks: readonly Week[]): Week {
  return { number: weeks.at(-1)!.number, items: weeks.flatMap(({ items }) => items) };
}

/** The time of the last event of a week. */
export function endOf({ items }: Week): number {
  return items.at(-1)!.event.at;
}
