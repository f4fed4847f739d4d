/** What is left to do after a frame: nothing, something calm (30 frames a second will do, fewer on a slow machine), or something quick. */
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
 * Draws only when asked to or while there is something left. `draw` gets the time (ms) since the frame drawn before,
 * 0 after a rest; `measure` each time between two consecutive frames of the screen, drawn or not.
 */
export function frameLoop(
  draw: (now: number, ms: number) => Next,
  measure: (ms: number, now: number) => void,
): FrameLoop {
  let handle: number | null = null;
  let running = true;
  let disposed = false;
  let next: Next = 'rest';
  let asked = false;
  let askedSoon = false;
  /** From the last frame that was drawn to the one of the screen after it, ms. */
  let cost = 0;
  let paintedAt = Number.NEGATIVE_INFINITY;
  let drawnAt: number | null = null;
  let tickedAt: number | null = null;

  const tick = (now: number) => {
    handle = null;
    if (tickedAt !== null) {
      measure(now - tickedAt, now);
      if (tickedAt === paintedAt) cost = now - tickedAt;
    }
    tickedAt = now;
    const due = now - paintedAt >= Math.max(CALM_MS, PAUSE * cost);
    const draws = asked || next === 'quick' || (due && (askedSoon || next === 'calm'));
    if (draws) {
      asked = askedSoon = false;
      next = draw(now, drawnAt === null ? 0 : now - drawnAt);
      drawnAt = paintedAt = now;
    }
    // One more after the last that is drawn: what it cost is known then.
    if (draws || asked || askedSoon || next !== 'rest') request();
    else drawnAt = tickedAt = null;
  };
  const request = () => {
    if (running && !disposed) handle ??= requestAnimationFrame(tick);
  };
  const stop = () => {
    if (handle !== null) cancelAnimationFrame(handle);
    handle = drawnAt = tickedAt = null;
  };
  return {
    ask() {
      asked = true;
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
