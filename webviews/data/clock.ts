import type { ClientOptions } from '../../companion/client/index.ts';

export type Clock = NonNullable<ClientOptions['clock']>;

/**
 * The only source of time in the app; tests hand over another. What repeats is there to be seen: on a hidden page it
 * stands still, and happens at once when the page is seen again.
 */
export const browserClock: Clock = {
  now: () => Date.now(),
  after(ms, task) {
    const timer = setTimeout(task, ms);
    return { dispose: () => clearTimeout(timer) };
  },
  every(ms, task) {
    let timer: ReturnType<typeof setInterval> | null = null;
    const look = () => {
      const seen = document.visibilityState === 'visible';
      if (seen === (timer !== null)) return;
      if (timer !== null) clearInterval(timer);
      timer = seen ? setInterval(task, ms) : null;
    };
    const changed = () => {
      const stood = timer === null;
      look();
      if (stood && timer !== null) task();
    };
    look();
    document.addEventListener('visibilitychange', changed);
    return {
      dispose() {
        if (timer !== null) clearInterval(timer);
        document.removeEventListener('visibilitychange', changed);
      },
    };
  },
};
