import { useEffect, useRef } from 'preact/hooks';
import { browserClock } from '../data/clock.ts';
import type { Host } from '../host/host.ts';
import { formatLocation, type Location } from '../model/location.ts';

const KEY = 'scroll';
/** A page that rests for so long is where the reader wants it. */
const REST_MS = 200;
/** What a view shows may take a while to be there again; then it is too late to move anything under the reader's eyes. */
const PATIENCE_MS = 3000;

interface Kept {
  readonly at: string;
  readonly y: number;
}

/** Brings a page that was taken down back to where its reader had scrolled, once what stood there is there again. */
export function useKeptScroll(host: Host, location: Location): void {
  const at = formatLocation(location);
  const current = useRef(at);
  current.current = at;

  useEffect(() => {
    const kept = host.getState<Kept>(KEY);
    const returning = kept?.at === current.current && kept.y > 0 ? returnTo(kept.y) : null;
    let resting: { dispose(): void } | null = null;
    const moved = () => {
      resting?.dispose();
      resting = browserClock.after(REST_MS, () =>
        host.setState(KEY, { at: current.current, y: Math.round(scrollY) }),
      );
    };
    addEventListener('scroll', moved, { passive: true });
    return () => {
      removeEventListener('scroll', moved);
      resting?.dispose();
      returning?.dispose();
    };
  }, [host]);
}

/** Scrolls down as soon as the page is long enough; whoever touches it first has the say. */
function returnTo(y: number): { dispose(): void } {
  const touches = ['wheel', 'pointerdown', 'keydown', 'touchstart'] as const;
  const dispose = () => {
    patience.dispose();
    growing.disconnect();
    for (const touch of touches) removeEventListener(touch, dispose);
  };
  const patience = browserClock.after(PATIENCE_MS, dispose);
  const growing = new ResizeObserver(() => {
    if (document.documentElement.scrollHeight - innerHeight < y) return;
    scrollTo({ top: y, behavior: 'instant' });
    dispose();
  });
  growing.observe(document.body);
  for (const touch of touches) addEventListener(touch, dispose, { passive: true });
  return { dispose };
}
