import { browserClock } from '../../../data/clock.ts';
import type { GlobeView } from '../../../model/globe/globe-scene.ts';

const RESTS_MS = 250;

/** Tells of a view when it has rested for 250 ms. */
export function viewReport(tell: (view: GlobeView) => void) {
  let timer: { dispose(): void } | null = null;
  return {
    changed(view: GlobeView): void {
      timer?.dispose();
      timer = browserClock.after(RESTS_MS, () => {
        timer = null;
        tell(view);
      });
    },
    dispose(): void {
      timer?.dispose();
    },
  };
}
