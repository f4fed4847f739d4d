import { useEffect, useState } from 'preact/hooks';
import { browserClock } from './clock.ts';

const TICK_MS = 20_000;
const listeners = new Set<() => void>();
let ticking: { dispose(): void } | null = null;

function tick() {
  for (const listener of [...listeners]) listener();
}

/** The time, renewed often enough for "4 min ago" to stay true; one timer for the whole page, none when unused. */
export function useNow(): number {
  const [now, setNow] = useState(browserClock.now());
  useEffect(() => {
    const renew = () => setNow(browserClock.now());
    listeners.add(renew);
    ticking ??= browserClock.every(TICK_MS, tick);
    return () => {
      listeners.delete(renew);
      if (listeners.size > 0) return;
      ticking?.dispose();
      ticking = null;
    };
  }, []);
  return now;
}

/** True once `value` has been true for `ms` without a break: keeps what mends itself from flashing. */
export function useLasting(value: boolean, ms: number): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!value) return setLasting(false);
    const timer = browserClock.after(ms, () => setLasting(true));
    return () => timer.dispose();
  }, [value, ms]);
  return value && lasting;
}
