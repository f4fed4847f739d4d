import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import { browserClock } from '../data/clock.ts';
import type { Notice } from '../data/session.ts';

const SHOWN_MS = 10_000;

/** The latest notice and what was last said aloud. Good news leaves by itself, unless the pointer rests on it. */
export function useNotices() {
  const [notice, setNotice] = useState<Notice | null>(null);
  const [held, setHeld] = useState(false);
  const [said, setSaid] = useState('');

  useEffect(() => {
    if (!notice || notice.tone === 'failed' || held) return;
    const timer = browserClock.after(SHOWN_MS, () => setNotice(null));
    return () => timer.dispose();
  }, [notice, held]);

  // The same words twice are said twice: a trailing space that alternates makes them new to the live region.
  const announce = useCallback(
    (text: string) => setSaid((last) => (last === text ? `${text}\u00a0` : text)),
    [],
  );
  const dismiss = useCallback(() => setNotice(null), []);
  return useMemo(
    () => ({ notice, said, announce, notify: setNotice, dismiss, hold: setHeld }),
    [notice, said, announce, dismiss],
  );
}
