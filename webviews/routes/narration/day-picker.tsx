import { addDays, dayWords, isDay } from '../../model/story/day.ts';
import { Button, IconButton } from '../../parts/button.tsx';
import type { Story } from './use-story-day.ts';

interface Props {
  story: Pick<Story, 'day' | 'today' | 'isToday'>;
  /** Null: today, whichever day that is. */
  setDay(day: string | null): void;
}

/** The day before, the day after, any day, today. */
export function DayPicker({ story: { day, today, isToday }, setDay }: Props) {
  const show = (next: string) => {
    if (isDay(next) && (today === null || next <= today)) setDay(next === today ? null : next);
  };
  const around = (days: number) => (day === null ? null : addDays(day, days));
  const [before, after] = [around(-1), around(1)];
  const words = (which: string | null) =>
    which === null || today === null ? '' : `: ${dayWords(which, today)}`;
  return (
    <fieldset class="day-picker">
      <legend class="unseen">Which day</legend>
      <IconButton
        icon="arrow-left"
        label={`The day before${words(before)}`}
        onClick={() => before !== null && show(before)}
      />
      <input
        type="date"
        class="date-field"
        aria-label="Day"
        value={day ?? ''}
        {...(today !== null && { max: today })}
        onChange={(event) => show(event.currentTarget.value)}
      />
      <IconButton
        icon="arrow-right"
        label={isToday ? 'The day after: not yet' : `The day after${words(after)}`}
        aria-disabled={isToday}
        onClick={() => !isToday && after !== null && show(after)}
      />
      {!isToday && <Button onClick={() => setDay(null)}>Today</Button>}
    </fieldset>
  );
}
