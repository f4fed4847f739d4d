/** What is left to do after a frame: nothing, something slow (30 frames a second will do), or something quick. */
export type Next = 'rest' | 'calm' | 'quick';

export interface FrameLoop {
  /** Draws in the next frame of the screen. */
  ask(): void;
  setRunning(running: boolean): void;
  dispose(): void;
}

/** A little less than two frames of 60 Hz, so that every second one is taken. */
const CALM_MS = 30;

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
  let drawnAt: number | null = null;
  let tickedAt: number | null = null;

  const tick = (now: number) => {
    handle = null;
    if (tickedAt !== null) measure(now - tickedAt, now);
    tickedAt = now;
    if (asked || next === 'quick' || drawnAt === null || now - drawnAt >= CALM_MS) {
      asked = false;
      next = draw(now, drawnAt === null ? 0 : now - drawnAt);
      drawnAt = now;
    }
    if (asked || next !== 'rest') request();
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
