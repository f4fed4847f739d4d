import { isCancelled, type Problem, problemOf } from '../model/problem.ts';
import type { Clock } from './clock.ts';

export interface LiveState<T> {
  /** The last complete answer; it stays while a newer one is fetched or cannot be had. */
  data: T | null;
  problem: Problem | null;
  /** When `data` was told. */
  at: number | null;
}

export interface LiveQueryOptions<T> {
  fetch(signal: AbortSignal): Promise<T>;
  clock: Clock;
  /** Least time between two fetches, so that a storm of events costs one a second. */
  everyMs?: number;
  onChange(state: LiveState<T>): void;
}

/**
 * A question that is asked again whenever something changed. At most one fetch is under way; what happens
 * meanwhile causes exactly one more. An answer that was asked for before `set` is not believed.
 */
export class LiveQuery<T> {
  readonly #options: LiveQueryOptions<T>;
  readonly #abort = new AbortController();
  #state: LiveState<T> = { data: null, problem: null, at: null };
  #running = false;
  #wanted = false;
  #version = 0;
  #earliest = 0;
  #timer: { dispose(): void } | null = null;

  constructor(options: LiveQueryOptions<T>) {
    this.#options = options;
  }

  get state(): LiveState<T> {
    return this.#state;
  }

  /** Asks again: at once, or as soon as the pause between two fetches is over. */
  refresh(): void {
    this.#wanted = true;
    if (this.#running || this.#timer || this.#abort.signal.aborted) return;
    const wait = this.#earliest - this.#options.clock.now();
    if (wait <= 0) void this.#run();
    else {
      this.#timer = this.#options.clock.after(wait, () => {
        this.#timer = null;
        void this.#run();
      });
    }
  }

  /** Puts in what the companion answered to a change, and asks again for the rest. */
  set(update: (data: T) => T): void {
    this.#version++;
    if (this.#state.data !== null) this.#tell({ ...this.#state, data: update(this.#state.data) });
    this.refresh();
  }

  dispose(): void {
    this.#timer?.dispose();
    this.#abort.abort();
  }

  async #run(): Promise<void> {
    const { clock, everyMs = 1000, fetch } = this.#options;
    this.#running = true;
    this.#wanted = false;
    const version = this.#version;
    try {
      const data = await fetch(this.#abort.signal);
      if (version === this.#version) this.#tell({ data, problem: null, at: clock.now() });
      else this.#wanted = true;
    } catch (error) {
      if (!isCancelled(error)) this.#tell({ ...this.#state, problem: problemOf(error) });
    }
    this.#running = false;
    this.#earliest = clock.now() + everyMs;
    if (this.#wanted) this.refresh();
  }

  #tell(state: LiveState<T>): void {
    if (this.#abort.signal.aborted) return;
    this.#state = state;
    this.#options.onChange(state);
  }
}
