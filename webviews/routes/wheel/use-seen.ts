import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { WheelRun } from '../../../companion/protocol/index.ts';
import { browserClock } from '../../data/clock.ts';
import { useSession } from '../../data/session.ts';

const EVERY_MS = 1000;

/**
 * Tells the companion once a second whether the countdown is in sight, where silence is consent. It claims so only for
 * the preview that is shown (`digest`; null: there is none, or it is another by now), while the page is visible and
 * focused, the whole of the element is within the screen, and nothing lies over it. A webview of the
 * editor cannot know whether its window has the focus: it tells the editor what it does know (`host.sees`).
 */
export function useSeen(
  run: WheelRun,
  digest: string | null,
  element: RefObject<HTMLElement | null>,
  heard: (run: WheelRun) => void,
): void {
  const { client, host } = useSession();
  const latest = useRef(heard);
  latest.current = heard;
  const { id } = run;
  const asked = run.status === 'counting' && run.countdown?.consent === 'silence';
  useEffect(() => {
    const target = element.current;
    if (!asked || digest === null || target === null) return;
    let within = false;
    let told: boolean | null = null;
    const abort = new AbortController();
    const beat = async (again: boolean) => {
      const visible = within && isAttended(host.sees !== null) && isUncovered(target);
      // Whether its window has the focus the editor knows; it tells the companion for this page.
      if (host.sees) return visible ? host.sees(id, digest) : undefined;
      // That it is out of sight is said once; that it is in sight, again and again.
      if (!visible && told === false) return;
      if (!again && visible === told) return;
      told = visible;
      try {
        const answer = await client.api.wheel.seen({ id, digest, visible }, { signal: abort.signal });
        if (!abort.signal.aborted) latest.current(answer);
      } catch {
        // Not told is not seen: the countdown stands still by itself.
        told = null;
      }
    };
    const observer = new IntersectionObserver(
      (entries) => {
        within = (entries.at(-1)?.intersectionRatio ?? 0) > 0.99;
        void beat(false);
      },
      { threshold: [0, 0.5, 0.99, 1] },
    );
    observer.observe(target);
    const timer = browserClock.every(EVERY_MS, () => void beat(true));
    const changed = () => void beat(false);
    document.addEventListener('visibilitychange', changed);
    addEventListener('focus', changed);
    addEventListener('blur', changed);
    return () => {
      observer.disconnect();
      timer.dispose();
      document.removeEventListener('visibilitychange', changed);
      removeEventListener('focus', changed);
      removeEventListener('blur', changed);
      abort.abort();
    };
  }, [client, host, id, digest, asked]);
}

function isAttended(focusIsKnownElsewhere: boolean): boolean {
  return document.visibilityState === 'visible' && (focusIsKnownElsewhere || document.hasFocus());
}

/** Whether its middle and corners are what is on top there. */
function isUncovered(element: HTMLElement): boolean {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const points = [
    [(left + right) / 2, (top + bottom) / 2],
    [left + 4, top + 4],
    [right - 4, top + 4],
    [left + 4, bottom - 4],
    [right - 4, bottom - 4],
  ] as const;
  return points.every(([x, y]) => element.contains(document.elementFromPoint(x, y)));
}
