/** When the screen is drawn next; tests hand over another. */
export interface Frames {
  /** Runs the task once, before the next frame. */
  next(task: () => void): { dispose(): void };
}

/** A page that is hidden draws no frames: what waits for one is done after so long. */
const HIDDEN_MS = 250;

export const pageFrames: Frames = {
  next(task) {
    if (document.visibilityState === 'visible') {
      const frame = requestAnimationFrame(task);
      return { dispose: () => cancelAnimationFrame(frame) };
    }
    const timer = setTimeout(task, HIDDEN_MS);
    return { dispose: () => clearTimeout(timer) };
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
