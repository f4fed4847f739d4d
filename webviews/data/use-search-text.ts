import { useEffect, useRef, useState } from 'preact/hooks';
import { browserClock } from './clock.ts';

/**
 * The text of a search field over a filter: it counts when typing rests for `restMs`, and with whatever else is changed
 * before. A text that comes from elsewhere (the editor, the address) replaces what was typed.
 */
export function useSearchText<F extends { readonly text: string }>(
  filter: F,
  setFilter: (filter: F) => void,
  restMs: number,
) {
  const [text, setText] = useState(filter.text);
  const timer = useRef<{ dispose(): void } | null>(null);
  useEffect(() => setText(filter.text), [filter.text]);
  useEffect(() => () => timer.current?.dispose(), []);
  return {
    text,
    set(change: Partial<F>) {
      timer.current?.dispose();
      setFilter({ ...filter, text, ...change });
    },
    typed(next: string) {
      setText(next);
      timer.current?.dispose();
      timer.current = browserClock.after(restMs, () => setFilter({ ...filter, text: next }));
    },
  };
}
