import type { Logger } from '../kernel/index.ts';
import { Halt } from './halt.ts';

interface Live {
  readonly controller: AbortController;
  readonly done: Promise<void>;
}

/** What is being planned, carried out or undone in this process: one thing at a time for each run. */
export class Busy {
  readonly #live = new Map<string, Live>();
  readonly #logger: Logger;
  readonly #ended: (run: string) => void;

  constructor(logger: Logger, ended: (run: string) => void) {
    this.#logger = logger;
    this.#ended = ended;
  }

  has(run: string): boolean {
    return this.#live.has(run);
  }

  /** Does this for a run once nothing else is done for it. Resolves when it has ended; never throws. */
  keep(run: string, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const controller = new AbortController();
    const earlier = this.#live.get(run)?.done ?? Promise.resolve();
    const live: Live = {
      controller,
      done: earlier
        .then(() => work(controller.signal))
        .catch((error: unknown) => {
          this.#logger.error({ run, error: String(error) }, 'a run came to no end');
        })
        .finally(() => {
          if (this.#live.get(run) === live) this.#live.delete(run);
          this.#ended(run);
        }),
    };
    this.#live.set(run, live);
    return live.done;
  }

  /** Tells what is under way to end. Resolves when it has. */
  async stop(run: string, halt: Halt): Promise<void> {
    const live = this.#live.get(run);
    live?.controller.abort(halt);
    await live?.done;
  }

  async stopAll(why: string): Promise<void> {
    await Promise.all([...this.#live.keys()].map((run) => this.stop(run, new Halt('closing', why))));
  }
}
