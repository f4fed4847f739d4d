/** A handle that cancels what it stands for; cancelling twice is harmless. */
export interface Disposable {
  dispose(): void;
}

/**
 * The only source of time in the companion. Rules take `now` as a number; edges hold a `Clock`.
 * Times are milliseconds since the Unix epoch (UTC).
 */
export interface Clock {
  now(): number;
  /** Runs `task` once after `ms`. The timer does not keep the process alive. */
  after(ms: number, task: () => void): Disposable;
  /** Runs `task` every `ms`, first after one interval. The timer does not keep the process alive. */
  every(ms: number, task: () => void): Disposable;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, task) {
    const timer = setTimeout(task, ms);
    letGo(timer);
    return { dispose: () => clearTimeout(timer) };
  },
  every(ms, task) {
    const timer = setInterval(task, ms);
    letGo(timer);
    return { dispose: () => clearInterval(timer) };
  },
};

/** Node keeps a process alive for its timers; a browser knows no such thing. */
function letGo(timer: unknown): void {
  if (typeof timer === 'object') (timer as { unref(): void }).unref();
}

interface Pending {
  due: number;
  order: number;
  interval: number | null;
  task: () => void;
}

/** A clock that stands still until told to advance; runs due timers in order. For tests and replays. */
export class VirtualClock implements Clock {
  #now: number;
  #order = 0;
  readonly #pending = new Set<Pending>();

  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, task: () => void): Disposable {
    return this.#schedule(ms, null, task);
  }

  every(ms: number, task: () => void): Disposable {
    return this.#schedule(ms, ms, task);
  }

  /** Moves time forward by `ms`, running every timer that falls due on the way at its own time. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const next = this.#earliest();
      if (!next || next.due > end) break;
      this.#now = Math.max(this.#now, next.due);
      if (next.interval === null) this.#pending.delete(next);
      else next.due += next.interval;
      next.task();
    }
    this.#now = end;
  }

  /**
   * Moves time to `at`, or leaves it where that has passed, as for a computer that slept: what was due once runs at its
   * own time, what comes round runs once, however often it would have.
   */
  sleepUntil(at: number): void {
    const slept = new Set<Pending>();
    for (;;) {
      const next = this.#earliest(slept);
      if (!next || next.due > at) break;
      this.#now = Math.max(this.#now, next.due);
      if (next.interval === null) this.#pending.delete(next);
      else {
        next.due = at + next.interval;
        slept.add(next);
      }
      next.task();
    }
    this.#now = Math.max(this.#now, at);
  }

  #schedule(ms: number, interval: number | null, task: () => void): Disposable {
    const entry: Pending = { due: this.#now + Math.max(ms, 0), order: this.#order++, interval, task };
    this.#pending.add(entry);
    return { dispose: () => void this.#pending.delete(entry) };
  }

  #earliest(but?: ReadonlySet<Pending>): Pending | undefined {
    let best: Pending | undefined;
    for (const p of this.#pending) {
      if (but?.has(p)) continue;
      if (!best || p.due < best.due || (p.due === best.due && p.order < best.order)) best = p;
    }
    return best;
  }
}
