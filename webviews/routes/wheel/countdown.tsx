import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { WheelRun } from '../../../companion/protocol/index.ts';
import { browserClock } from '../../data/clock.ts';
import { countdownWords, remainingOf, secondsOf } from '../../model/wheel-countdown.ts';

interface Props {
  countdown: NonNullable<WheelRun['countdown']>;
  /** When this page was told of it. */
  heardAt: number;
  /** What must be in sight for silence to count. */
  place: RefObject<HTMLDivElement | null>;
}

const TICK_MS = 200;

/** How long there is left for a no: a number and a sentence. Nothing moves but the number. */
export function Countdown({ countdown, heardAt, place }: Props) {
  const [now, setNow] = useState(browserClock.now());
  const runs = countdown.endsAt !== null;
  useEffect(() => {
    setNow(browserClock.now());
    if (!runs) return;
    const timer = browserClock.every(TICK_MS, () => setNow(browserClock.now()));
    return () => timer.dispose();
  }, [runs, heardAt]);
  const seconds = secondsOf(remainingOf(countdown, heardAt, now));
  return (
    <div class={`countdown ${runs ? '' : 'still'}`} ref={place}>
      <p class="countdown-left" role="timer">
        {runs ? 'Starts in ' : 'Stands still at '}
        <strong>{seconds} s</strong>
      </p>
      <p>{countdownWords(countdown)}</p>
    </div>
  );
}
