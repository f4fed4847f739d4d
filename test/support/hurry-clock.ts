import type { Clock, Disposable } from '../../companion/kernel/index.ts';

interface Pending {
  due: number;
  readonly ms: number | null;
  readonly task: () => void;
  timer: NodeJS.Timeout | null;
}

/** A clock that runs as the real one does, from a time that a test names, and can be sent ahead: what falls due runs. */
export class HurryClock implements Clock {
  #ahead: number;
  readonly #pending = new Set<Pending>();

  constructor(start: number) {
    this.#ahead = start - Date.now();
  }

  now(): number {
    return Date.now() + this.#ahead;
  }

  after(ms: number, task: () => void): Disposable {
    return this.#add(ms, null, task);
  }

  every(ms: number, task: () => void): Disposable {
    return this.#add(ms, ms, task);
  }

  /** What is due several times on the way runs once. */
  skip(ms: number): void {
    this.#ahead += ms;
    const due = [...this.#pending].filter((each) => each.due <= this.now()).sort((a, b) => a.due - b.due);
    for (const each of this.#pending) if (!due.includes(each)) this.#arm(each);
    for (const each of due) if (this.#pending.has(each)) this.#fire(each);
  }

  #add(ms: number, every: number | null, task: () => void): Disposable {
    const pending: Pending = { due: this.now() + ms, ms: every, task, timer: null };
    this.#pending.add(pending);
    this.#arm(pending);
    return {
      dispose: () => {
        clearTimeout(pending.timer ?? undefined);
        this.#pending.delete(pending);
      },
    };
  }

  #arm(pending: Pending): void {
    clearTimeout(pending.timer ?? undefined);
    // Longer than a timer can be is looked at again.
    const ms = Math.min(Math.max(0, pending.due - this.now()), 2 ** 30);
    pending.timer = setTimeout(() => {
      if (pending.due <= this.now()) this.#fire(pending);
      else this.#arm(pending);
    }, ms).unref();
  }

  #fire(pending: Pending): void {
    clearTimeout(pending.timer ?? undefined);
    if (pending.ms === null) this.#pending.delete(pending);
    else {
      pending.due = this.now() + pending.ms;
      this.#arm(pending);
    }
    pending.task();
  }
}
