import type { ClientOptions } from '../../companion/client/index.ts';

export type Clock = NonNullable<ClientOptions['clock']>;

/** The only source of time in the app; tests hand over another. */
export const browserClock: Clock = {
  now: () => Date.now(),
  after(ms, task) {
    const timer = setTimeout(task, ms);
    return { dispose: () => clearTimeout(timer) };
  },
  every(ms, task) {
    const timer = setInterval(task, ms);
    return { dispose: () => clearInterval(timer) };
  },
};
