import type { Clock, Disposable } from '../kernel/index.ts';

interface Pending {
  due: number;
  readonly order: number;
  readonly interval: number | null;
  readonly task: () => void;
}

/**
 * A clock that is moved by hand, as that of a computer which sleeps in between: what was due once runs at its time, what
 * comes round runs once on each move, however much time has passed.
 */
export class SleepingClock implements Clock {
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
    return this.#add({ due: this.#now + Math.max(ms, 0), order: this.#order++, interval: null, task });
  }

  every(ms: number, task: () => void): Disposable {
    return this.#add({ due: this.#now + ms, order: this.#order++, interval: ms, task });
  }

  /** Goes forward to a time; one that has passed is now. */
  moveTo(time: number): void {
    const slept = new Set<Pending>();
    for (;;) {
      const next = this.#next(time, slept);
      if (!next) break;
      this.#now = Math.max(this.#now, next.due);
      if (next.interval === null) this.#pending.delete(next);
      else {
        next.due = time + next.interval;
        slept.add(next);
      }
      next.task();
    }
    this.#now = Math.max(this.#now, time);
  }

  #next(until: number, slept: ReadonlySet<Pending>): Pending | null {
    let best: Pending | null = null;
    for (const each of this.#pending) {
      if (each.due > until || slept.has(each)) continue;
      if (!best || each.due < best.due || (each.due === best.due && each.order < best.order)) best = each;
    }
    return best;
  }

  #add(entry: Pending): Disposable {
    this.#pending.add(entry);
    return { dispose: () => void this.#pending.delete(entry) };
  }
}
