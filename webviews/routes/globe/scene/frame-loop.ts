/** What is left to do after a frame: nothing, something calm (30 frames a second will do, fewer where they are heavy), or something quick. */
export type Next = 'rest' | 'calm' | 'quick';

export interface FrameLoop {
  /** Draws in the next frame of the screen. */
  ask(): void;
  /** Draws soon, as what is calm. */
  askSoon(): void;
  setRunning(running: boolean): void;
  dispose(): void;
}

/** A little less than two frames of 60 Hz, so that every second one is taken. */
const CALM_MS = 30;
/** Calm frames are so many of their own times apart: where one takes long, about half of the time is left for the page. */
const PAUSE = 1.8;
/**
 * Where two of the last three kept the screen waiting for longer than this, drawing is the processor's work or the page
 * is busy: calm frames then take a twentieth of the time, until none of three did so, since a globe that merely turns
 * must not cost its user a core.
 */
const HEAVY_MS = 33;
const HEAVY_PAUSE = 20;
/** A pause that has longer left is slept through: asking for each frame only to let it pass is work, too. */
const SLEEP_MS = 100;

/**
 * Draws only when asked to or while there is something left. `draw` gets the time (ms) since the frame drawn before,
 * 0 after a rest; `measure` each time between two consecutive frames of the screen, drawn or not.
 */
export function frameLoop(
  draw: (now: number, ms: number) => Next,
  measure: (ms: number, now: number) => void,
): FrameLoop {
  let handle: number | null = null;
  let asleep: ReturnType<typeof setTimeout> | null = null;
  let running = true;
  let disposed = false;
  let next: Next = 'rest';
  let asked = false;
  let askedSoon = false;
  /** The longest between two frames of the screen since the last that was drawn, ms; and of the three before. */
  let wait = 0;
  let waits: readonly number[] = [];
  let heavy = false;
  let paintedAt = Number.NEGATIVE_INFINITY;
  let drawnAt: number | null = null;
  let tickedAt: number | null = null;

  const tick = (now: number) => {
    handle = null;
    if (tickedAt !== null) {
      measure(now - tickedAt, now);
      wait = Math.max(wait, now - tickedAt);
    }
    tickedAt = now;
    heavy = waits.filter((ms) => ms > HEAVY_MS).length >= (heavy ? 1 : 2);
    const pause = heavy ? HEAVY_PAUSE * Math.max(...waits) : Math.max(CALM_MS, PAUSE * wait);
    const due = now - paintedAt >= pause;
    const draws = asked || next === 'quick' || (due && (askedSoon || next === 'calm'));
    if (draws) {
      asked = askedSoon = false;
      next = draw(now, drawnAt === null ? 0 : now - drawnAt);
      drawnAt = paintedAt = now;
      waits = [...waits.slice(-2), wait];
      wait = 0;
    }
    const left = pause - (now - paintedAt);
    // One more after the last that is drawn: what it cost is known then.
    if (!draws && !askedSoon && next === 'rest') drawnAt = tickedAt = null;
    else if (!draws && left > SLEEP_MS) sleep(left);
    else request();
  };
  const request = () => {
    if (running && !disposed && asleep === null) handle ??= requestAnimationFrame(tick);
  };
  const sleep = (ms: number) => {
    tickedAt = null;
    asleep = setTimeout(() => {
      wake();
      request();
    }, ms);
  };
  const wake = () => {
    if (asleep !== null) clearTimeout(asleep);
    asleep = null;
  };
  const stop = () => {
    wake();
    if (handle !== null) cancelAnimationFrame(handle);
    handle = drawnAt = tickedAt = null;
  };
  return {
    ask() {
      asked = true;
      wake();
      request();
    },
    askSoon() {
      askedSoon = true;
      request();
    },
    setRunning(now) {
      running = now;
      if (!now) return stop();
      asked = true;
      request();
    },
    dispose() {
      disposed = true;
      stop();
    },
  };
}
