import type { Clock } from '../kernel/index.ts';

/** It took longer than it may. */
export class TooLongError extends Error {
  override readonly name = 'TooLongError';
}

/**
 * What a generator gives, until `ms` have passed or `signal` aborts: then it throws `TooLongError` or the signal's
 * reason, at once, also where the generator hangs and hears nothing. `run` gets a signal that aborts with it.
 */
export async function* bounded<T, R>(
  run: (signal: AbortSignal) => AsyncGenerator<T, R, void>,
  { clock, ms, signal }: { clock: Clock; ms: number; signal: AbortSignal },
): AsyncGenerator<T, R, void> {
  const inner = new AbortController();
  let stop: (reason: unknown) => void = () => {};
  const stopped = new Promise<never>((_, reject) => {
    stop = reject;
  });
  // It may be that nobody waits when it comes to that.
  stopped.catch(() => {});
  const abort = (reason: unknown) => {
    stop(reason);
    inner.abort(reason);
  };
  const cancelled = () => abort(signal.reason);
  const timer = clock.after(ms, () =>
    abort(new TooLongError(`It took longer than ${Math.round(ms / 1000)} s.`)),
  );
  signal.addEventListener('abort', cancelled, { once: true });
  const generator = run(inner.signal);
  let over = false;
  try {
    signal.throwIfAborted();
    for (;;) {
      const next = await Promise.race([generator.next(), stopped]);
      if (next.done) {
        over = true;
        return next.value;
      }
      yield next.value;
    }
  } finally {
    timer.dispose();
    signal.removeEventListener('abort', cancelled);
    if (!over) {
      inner.abort(new Error('Nobody listens any more.'));
      // Not awaited: one that hangs would hold up everybody.
      void generator.return(undefined as never).catch(() => {});
    }
  }
}
