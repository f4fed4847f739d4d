import { HOUR } from '../time.ts';
import { addDays, dayOf } from './day.ts';

/** For how long lines do not come over the other views. */
export type Mute = 'hour' | 'tomorrow' | 'always';

export const MUTE_WORDS: Readonly<Record<Mute, string>> = {
  hour: 'For an hour',
  tomorrow: 'Until tomorrow',
  always: 'Always',
};

/** When a mute that begins now ends. Tomorrow begins when a new day does, at `startsAt` o'clock here. */
export function mutedUntil(mute: 'hour' | 'tomorrow', now: number, startsAt: number): number {
  if (mute === 'hour') return now + HOUR;
  const [year = 0, month = 1, day = 1] = addDays(dayOf(now, startsAt), 1).split('-').map(Number);
  return new Date(year, month - 1, day, startsAt).getTime();
}
