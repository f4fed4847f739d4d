import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { browserClock } from '../../data/clock.ts';
import { useSession } from '../../data/session.ts';
import type { GlobeModel } from '../../model/globe/globe-model.ts';
import { histogram, spanOf } from '../../model/globe/histogram.ts';
import { exact } from '../../model/time.ts';
import { Button, IconButton } from '../../parts/button.tsx';

interface Props {
  model: GlobeModel;
  /** Changes when points come or go. */
  version: number;
  /** Null: now. */
  time: number | null;
  setTime(time: number | null): void;
  /** How much of the log is read, 0-1; null: nobody asked. */
  past: number | null;
}

const HOUR = 3_600_000;
const BINS = 90;
const TALL = 28;
/** The whole of the past takes so long. */
const PLAYS_MS = 24_000;
const TICK_MS = 80;
/** Where motion is not wanted the past goes by in a few steps. */
const STILL_TICK_MS = 1500;

/** Goes back in time: how much happened when, a point in it, and the past as it went by. */
export function TimeScrubber({ model, version, time, setTime, past }: Props) {
  const { host } = useSession();
  const [playing, setPlaying] = useState(false);
  const now = useMemo(() => browserClock.now(), [version]);
  const span = useMemo(() => spanOf(model.points, now), [version]);
  const counts = useMemo(() => histogram(model.points, span, BINS), [span]);
  const unit = span.to - span.from > 400 * 24 * HOUR ? 24 * HOUR : 6 * HOUR;
  const steps = Math.max(1, Math.ceil((span.to - span.from) / unit));
  const at = time === null ? steps : Math.max(0, Math.min(steps - 1, Math.round((time - span.from) / unit)));

  const latest = useRef({ at, steps, setTime, span, unit });
  latest.current = { at, steps, setTime, span, unit };
  useEffect(() => {
    if (!playing) return;
    const tick = host.reducedMotion ? STILL_TICK_MS : TICK_MS;
    const timer = browserClock.every(tick, () => {
      const { at, steps, setTime, span, unit } = latest.current;
      if (document.visibilityState !== 'visible') return setPlaying(false);
      const next = at + Math.max(1, Math.round((steps * tick) / PLAYS_MS));
      if (next < steps) return setTime(span.from + next * unit);
      setTime(null);
      setPlaying(false);
    });
    return () => timer.dispose();
  }, [playing, host]);

  const play = () => {
    if (!playing && at >= steps) setTime(span.from);
    setPlaying(!playing);
  };
  const moved = (value: number) => {
    setPlaying(false);
    setTime(value >= steps ? null : span.from + value * unit);
  };
  const words = time === null ? 'Now' : exact(time);
  const highest = Math.max(1, ...counts);
  return (
    <section class="time-scrubber" aria-label="Time">
      <IconButton
        icon={playing ? 'debug-pause' : 'debug-start'}
        label={playing ? 'Pause' : 'Play from the beginning'}
        onClick={play}
      />
      <div class="time-track">
        <svg class="time-bars" viewBox={`0 0 ${BINS} ${TALL}`} preserveAspectRatio="none" aria-hidden="true">
          {counts.map((count, bin) => {
            const height = count === 0 ? 0.5 : Math.max(1.5, TALL * Math.sqrt(count / highest));
            const before = (bin + 0.5) / BINS <= at / steps;
            return (
              <rect
                key={bin}
                x={bin + 0.15}
                y={TALL - height}
                width={0.7}
                height={height}
                class={before ? 'passed' : ''}
              />
            );
          })}
        </svg>
        <input
          type="range"
          min={0}
          max={steps}
          value={at}
          aria-label="Time"
          aria-valuetext={words}
          onInput={(event) => moved(Number(event.currentTarget.value))}
        />
        <p class="time-ends" aria-hidden="true">
          <span>{day(span.from)}</span>
          <span>{time === null ? 'now' : day(time, true)}</span>
        </p>
      </div>
      <Button aria-disabled={time === null} onClick={() => moved(steps)}>
        Now
      </Button>
      {past !== null && past < 1 && (
        <p class="quiet time-reading" role="status">
          Reading the log, {Math.round(past * 100)} %
        </p>
      )}
    </section>
  );
}

function day(at: number, weekday = false): string {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    ...(weekday && { weekday: 'short' }),
  }).format(at);
}
