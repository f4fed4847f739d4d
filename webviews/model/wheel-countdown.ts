import type { WheelRun } from '../../companion/protocol/index.ts';

type Countdown = NonNullable<WheelRun['countdown']>;

/**
 * What is left of a countdown, in ms. It is told as a span, so that the clocks of page and companion need not agree:
 * `heardAt` is when this page was told. While it stands still nothing goes by. Pure.
 */
export function remainingOf({ remainingMs, endsAt }: Countdown, heardAt: number, now: number): number {
  const gone = endsAt === null ? 0 : Math.max(0, now - heardAt);
  return Math.max(0, remainingMs - gone);
}

/** Whole seconds, never less than what is left: "0 s" is said when it is over. Pure. */
export function secondsOf(ms: number): number {
  return Math.ceil(ms / 1000);
}

/**
 * What the countdown means: after a click it begins by itself; where silence is consent it also does, but only while
 * somebody sees this. Pure.
 */
export function countdownWords({ consent, endsAt }: Countdown): string {
  if (consent === 'click') return 'You said yes. It begins when this ends.';
  if (endsAt !== null) return 'You granted that silence is consent here: it begins when this ends.';
  return 'It goes on only while you see it here, in the window that has the focus.';
}
