import type { Clock, Disposable, Logger } from '../kernel/index.ts';
import type { Mind } from './mind.ts';

export interface LogFollowerOptions {
  readonly mind: Mind;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Takes up what the log has told since. May throw: it is called again. */
  follow(): void;
  /** What is logged when it threw. */
  readonly trouble: string;
}

/** Events that come close together are taken up together. */
const SETTLES_MS = 20;
const AGAIN_MS = 60_000;

/**
 * Keeps something at the end of the event log: follows it at the start, soon after each commit, and again after a
 * minute where that failed (a full disk). Whoever follows stores what follows from an event with its place in the log.
 */
export class LogFollower implements Disposable {
  readonly #options: LogFollowerOptions;
  readonly #listening: Disposable;
  #timer: Disposable | null = null;
  #disposed = false;

  constructor(options: LogFollowerOptions) {
    this.#options = options;
    this.#listening = options.mind.committed.add(() => this.soon(SETTLES_MS));
    this.soon(0);
  }

  catchUp(): void {
    if (this.#disposed) return;
    try {
      this.#options.follow();
    } catch (error) {
      this.#options.logger.warn({ error: String(error) }, this.#options.trouble);
      this.soon(AGAIN_MS);
    }
  }

  /** Follows it in so many ms, or before, where that is planned already. */
  soon(ms: number): void {
    if (this.#disposed) return;
    this.#timer ??= this.#options.clock.after(ms, () => {
      this.#timer = null;
      this.catchUp();
    });
  }

  dispose(): void {
    this.#disposed = true;
    this.#listening.dispose();
    this.#timer?.dispose();
  }
}
