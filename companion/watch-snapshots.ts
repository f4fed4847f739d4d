import { type Clock, type Disposable, Doorbell, Listeners } from './kernel/index.ts';

/**
 * A stream of complete snapshots: one at once, then one after each change (several within `settleMs` count as
 * one), and one every `pulseMs` in any case. A slow reader skips to the newest.
 */
export function watchSnapshots<T>(
  take: () => T,
  clock: Clock,
  { settleMs, pulseMs }: { settleMs: number; pulseMs: number },
) {
  const due = new Listeners<void>();
  let settling: Disposable | null = null;
  const pulse = clock.every(pulseMs, () => due.tell());
  return {
    changed(): void {
      settling ??= clock.after(settleMs, () => {
        settling = null;
        due.tell();
      });
    },
    async *follow(signal?: AbortSignal): AsyncGenerator<T, void> {
      const bell = new Doorbell();
      const listening = due.add(() => bell.ring());
      try {
        while (!signal?.aborted) {
          yield take();
          await bell.wait(signal);
        }
      } finally {
        listening.dispose();
      }
    },
    dispose(): void {
      settling?.dispose();
      pulse.dispose();
      due.clear();
    },
  };
}
