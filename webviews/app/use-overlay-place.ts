import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { browserClock } from '../data/clock.ts';
import { type Box, placeFor } from '../model/story/place.ts';

/** What a click, a key or the focus can reach, and what stands in front of the page for a moment. */
const OPERABLE =
  'a[href], button, input, select, textarea, summary, [role^=menuitem], [tabindex]:not([tabindex^="-"]), vscode-textfield, vscode-textarea, vscode-checkbox, .toast, [popover]:popover-open';
/** Something that takes more of the window is a ground to stand on, such as a scene, and no control. */
const GROUND_SHARE = 0.3;
const LOOK_MS = 400;
const BORDERS = 2;
/** A page that is scrolled carries controls past; lines come back when it rests. */
const SCROLL_REST_MS = 160;

/**
 * Finds a place for the lines where they lie on nothing that can be used, and looks again as the page changes. Where
 * there is none for all of them it tells for how many there is; 0: for none.
 */
export function useOverlayPlace(
  box: RefObject<HTMLElement | null>,
  shown: readonly unknown[],
  tell: (fit: number) => void,
): void {
  const moving = useRef<{ dispose(): void } | null>(null);
  const look = () => {
    const own = box.current;
    if (!own) return;
    const found = moving.current || document.querySelector('dialog:modal') ? null : freePlace(own);
    if (found) {
      own.style.setProperty('left', `${found.left}px`);
      own.style.setProperty('top', `${found.top}px`);
    }
    tell(found?.fit ?? 0);
  };
  useLayoutEffect(look, [shown.length]);
  const some = shown.length > 0;
  useEffect(() => {
    if (!some) return;
    const scrolled = (event: Event) => {
      if (box.current?.contains(event.target as Node)) return;
      moving.current?.dispose();
      moving.current = browserClock.after(SCROLL_REST_MS, () => {
        moving.current = null;
        look();
      });
      look();
    };
    const looking = browserClock.every(LOOK_MS, look);
    addEventListener('scroll', scrolled, { capture: true, passive: true });
    addEventListener('resize', look);
    return () => {
      looking.dispose();
      moving.current?.dispose();
      moving.current = null;
      removeEventListener('scroll', scrolled, { capture: true });
      removeEventListener('resize', look);
    };
  }, [some]);
}

function freePlace(own: HTMLElement) {
  const window = { left: 0, top: 0, width: document.documentElement.clientWidth, height: innerHeight };
  const main = document.getElementById('main')?.getBoundingClientRect();
  // The rail beside the views stays free.
  const left = main && main.width >= own.offsetWidth ? Math.max(0, main.left) : 0;
  const area = { ...window, left, width: window.width - left };
  const taken = [...document.querySelectorAll<HTMLElement>(OPERABLE)]
    .filter((element) => !own.contains(element) && element.checkVisibility({ visibilityProperty: true }))
    .map((element): Box => element.getBoundingClientRect())
    .filter(({ width, height }) => width > 0 && height > 0)
    .filter(({ width, height }) => width * height < GROUND_SHARE * window.width * window.height);
  // A line without room is measured all the same: it stands there, unseen (`.story-note.waits`).
  const lines = [...own.querySelectorAll<HTMLElement>('.story-note')].map(({ offsetHeight }) => offsetHeight);
  const rest = own.querySelector('footer')?.offsetHeight ?? 0;
  for (let fit = lines.length; fit > 0; fit--) {
    const height = lines.slice(0, fit).reduce((sum, each) => sum + each, rest + BORDERS);
    const place = placeFor({ width: own.offsetWidth, height }, area, taken);
    if (place) return { ...place, fit };
  }
  return null;
}
