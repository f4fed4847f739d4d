/** When the screen is drawn next; tests hand over another. */
export interface Frames {
  /** Runs the task once, before the next frame, or soon where that is slow to come. */
  next(task: () => void): { dispose(): void };
}

/** A page that is hidden draws no frames: what waits for one is done after so long. */
const HIDDEN_MS = 250;
/** Where frames are slow to draw, what waits for one is done after so long. */
const SLOW_MS = 40;

export const pageFrames: Frames = {
  next(task) {
    const seen = document.visibilityState === 'visible';
    const run = () => {
      dispose();
      task();
    };
    const frame = seen ? requestAnimationFrame(run) : null;
    const timer = setTimeout(run, seen ? SLOW_MS : HIDDEN_MS);
    const dispose = () => {
      if (frame !== null) cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
    return { dispose };
  },
};

/** Tells the latest value once a frame, however often it changes. */
export function oncePerFrame<T>(
  tell: (value: T) => void,
  frames: Frames = pageFrames,
): { (value: T): void; dispose(): void } {
  let latest: { readonly value: T } | null = null;
  let next: { dispose(): void } | null = null;
  const put = (value: T) => {
    latest = { value };
    next ??= frames.next(() => {
      next = null;
      if (latest) tell(latest.value);
    });
  };
  return Object.assign(put, { dispose: () => next?.dispose() });
}
