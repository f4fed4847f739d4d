import type { Clock } from '../kernel/index.ts';
import type { Family } from './family.ts';

export interface Ender {
  readonly clock: Clock;
  signal(pid: number, signal: 'SIGSTOP' | 'SIGKILL'): void;
}

export const systemSignal: Ender['signal'] = (pid, signal) => {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone, or took on another user's rights.
  }
};

/** So often is looked again before what does not go (a process in a dead network drive) is left. */
const MOST_LOOKS = 60;
/** As long as each look finds new ones they are only stopped, so that none of them starts another meanwhile. */
const MOST_STOPS = 20;
const PAUSE_MS = 5;

/** Ends all of a family: stops every member first, then kills until a look finds none. Tells whom it ended. */
export async function endFamily(family: Family, { clock, signal }: Ender): Promise<number[]> {
  const seen = new Map<string, number>();
  let stops = 0;
  for (let look = 0; look < MOST_LOOKS; look++) {
    const living = await family.living({ all: true });
    if (living.length === 0) break;
    const fresh = living.filter(({ pid, began }) => !seen.has(`${pid}@${began}`));
    for (const { pid, began } of fresh) {
      seen.set(`${pid}@${began}`, pid);
      signal(pid, 'SIGSTOP');
    }
    if (fresh.length > 0 && stops++ < MOST_STOPS) continue;
    for (const { pid } of living) signal(pid, 'SIGKILL');
    await new Promise<void>((resolve) => clock.after(PAUSE_MS, resolve));
  }
  return [...seen.values()];
}
