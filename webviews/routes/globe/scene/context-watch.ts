import { browserClock } from '../../../data/clock.ts';

/** A driver that restarts gives the context back within this, or not at all. */
const PATIENCE_MS = 5_000;

/** Follows the graphics context: `back` when it was restored, `gone` when it stays lost. */
export function contextWatch(canvas: HTMLCanvasElement, told: { lost(): void; back(): void; gone(): void }) {
  let isLost = false;
  let timer: { dispose(): void } | null = null;
  const lost = (event: Event) => {
    // Says that we can draw again once it is back.
    event.preventDefault();
    isLost = true;
    told.lost();
    timer?.dispose();
    timer = browserClock.after(PATIENCE_MS, told.gone);
  };
  const back = () => {
    isLost = false;
    timer?.dispose();
    told.back();
  };
  canvas.addEventListener('webglcontextlost', lost);
  canvas.addEventListener('webglcontextrestored', back);
  return {
    get isLost() {
      return isLost;
    },
    dispose(): void {
      timer?.dispose();
      canvas.removeEventListener('webglcontextlost', lost);
      canvas.removeEventListener('webglcontextrestored', back);
    },
  };
}
