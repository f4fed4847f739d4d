import { moment } from '../text/time.ts';

export interface Pause {
  readonly label: string;
  readonly description: string;
  /** ms; 0 ends a pause. */
  readonly until: number;
}

const DAY = 24 * 3_600_000;
/** A pause without an end ends when nobody will mind. */
const ALWAYS = 100 * 365 * DAY;

/** How long taps may be paused. A day ends when the next begins (`loops.dayStartsAt`), not at midnight. */
export function pauses(now: number, dayStartsAt: number, paused: boolean, locale?: string): Pause[] {
  const today = nextStartOfDay(now, dayStartsAt);
  const choices: Pause[] = [
    {
      label: '30 minutes',
      until: now + 30 * 60_000,
      description: `until ${moment(now + 30 * 60_000, now, locale)}`,
    },
    { label: 'Today', until: today, description: `until ${moment(today, now, locale)}` },
    { label: 'Always', until: now + ALWAYS, description: 'until you resume them' },
  ];
  return paused ? [{ label: 'Resume taps', until: 0, description: '' }, ...choices] : choices;
}

function nextStartOfDay(now: number, hour: number): number {
  const date = new Date(now);
  const days = date.getHours() < hour ? 0 : 1;
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, hour).getTime();
}
