import type { Clock, Disposable } from './kernel/index.ts';
import type { Store } from './store/index.ts';

/** Does what a start owes to the store, now or, on a full or read-only disk, as soon as it can be written. */
export function whenWritable(store: Store, work: () => void): void {
  if (!store.guard.readOnly) {
    work();
    return;
  }
  const listening = store.changed.add(() => {
    if (store.guard.readOnly) return;
    listening.dispose();
    work();
  });
}

/** Asks to stop when nobody has been connected for `limit` ms. */
export function idleWatch(clock: Clock, limit: number, clients: () => number, stop: () => void): Disposable {
  if (limit <= 0) return { dispose() {} };
  let last = clock.now();
  return clock.every(Math.min(limit / 4, 15_000), () => {
    if (clients() > 0) last = clock.now();
    else if (clock.now() - last >= limit) stop();
  });
}
