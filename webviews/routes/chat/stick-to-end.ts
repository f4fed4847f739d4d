import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** So far from the end still counts as the end, in CSS pixels. */
const NEAR = 64;

function distance(): number {
  return document.documentElement.scrollHeight - innerHeight - scrollY;
}

/**
 * Keeps the page at its end while `grows` changes, unless the reader has scrolled up; then it stays where it is until
 * they come back to the end. `scrolled` tells that there is more below.
 */
export function useStickToEnd(grows: unknown, anew: unknown) {
  const sticks = useRef(true);
  const [scrolled, setScrolled] = useState(false);
  const toEnd = useCallback(() => {
    sticks.current = true;
    setScrolled(false);
    scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' });
  }, []);
  useEffect(() => {
    let last = scrollY;
    const moved = () => {
      // What grows below moves nothing; only the reader moves up.
      if (scrollY < last - 1) sticks.current = distance() <= NEAR;
      else if (distance() <= NEAR) sticks.current = true;
      last = scrollY;
      setScrolled(!sticks.current);
    };
    addEventListener('scroll', moved, { passive: true });
    return () => removeEventListener('scroll', moved);
  }, []);
  useLayoutEffect(() => {
    if (sticks.current) toEnd();
  }, [grows]);
  // Another conversation, or a question of one's own: its end is what one wants to see.
  useLayoutEffect(toEnd, [anew]);
  return { scrolled, toEnd };
}
