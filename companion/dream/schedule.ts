import type { Clock, Disposable, Logger } from '../kernel/index.ts';
import type { Dreams } from './dreams.ts';
import { type Idleness, idleFrom, look, seen } from './idle.ts';

export interface ScheduleOptions {
  readonly dreams: Pick<Dreams, 'due' | 'running' | 'request'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** False where nobody wants dreams by themselves. */
  wanted(): boolean;
  readOnly(): boolean;
  /** Nobody must have been seen for so long, in ms. */
  idleMs(): number;
}

const LOOK_MS = 60_000;

/** Begins the dream of a night at its time, or, when that was missed, as soon as nobody has been at work for a while. */
export class DreamSchedule implements Disposable {
  readonly #options: ScheduleOptions;
  readonly #timer: Disposable;
  #idleness: Idleness;

  constructor(options: ScheduleOptions) {
    this.#options = options;
    this.#idleness = idleFrom(options.clock.now());
    this.#timer = options.clock.every(LOOK_MS, () => this.#look());
  }

  /** A sign of life: typing, an edit, a note, a commit, a signal of a window. */
  alive(): void {
    this.#idleness = seen(this.#idleness, this.#options.clock.now());
  }

  dispose(): void {
    this.#timer.dispose();
  }

  #look(): void {
    const { dreams, clock, logger, wanted, readOnly, idleMs } = this.#options;
    const now = clock.now();
    this.#idleness = look(this.#idleness, now);
    try {
      if (!wanted() || readOnly() || now - this.#idleness.since < idleMs()) return;
      if (dreams.running || !dreams.due) return;
      const { job, message } = dreams.request({ asked: 'schedule' });
      if (job === null) logger.info({ message }, 'no dream tonight');
    } catch (error) {
      logger.warn({ error: String(error) }, 'the dream could not be begun');
    }
  }
}
