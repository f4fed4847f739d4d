import type { Clock, Disposable, Logger } from './kernel/index.ts';
import type { Hub } from './store/index.ts';

export interface NightsOptions {
  hub: Hub;
  clock: Clock;
  logger: Logger;
  /** The hour at which a new day begins, local time. */
  dayStartsAt(): number;
}

const KEY = 'night';
const LOOK_MS = 15 * 60 * 1000;

/** Work for once a day, at its first quiet quarter of an hour; what a machine slept through is made up for. */
export class Nights {
  readonly #options: NightsOptions;
  readonly #works = new Map<string, () => unknown>();
  readonly #timer: Disposable;
  #running = false;

  constructor(options: NightsOptions) {
    this.#options = options;
    this.#timer = options.clock.every(LOOK_MS, () => void this.#look());
  }

  add(name: string, work: () => unknown): void {
    this.#works.set(name, work);
  }

  dispose(): void {
    this.#timer.dispose();
  }

  async #look(): Promise<void> {
    const { hub, clock, logger, dayStartsAt } = this.#options;
    const today = dayOf(clock.now(), dayStartsAt());
    if (this.#running || hub.getMeta(KEY) === today) return;
    this.#running = true;
    try {
      for (const [name, work] of this.#works) {
        try {
          await work();
        } catch (error) {
          logger.error({ work: name, error: String(error) }, 'a night’s work failed');
        }
      }
      hub.setMeta(KEY, today);
    } catch (error) {
      logger.warn({ error: String(error) }, 'the night could not be noted');
    } finally {
      this.#running = false;
    }
  }
}

/** The day that a time belongs to, where one begins at `startsAt` o'clock. Pure but for the zone. */
function dayOf(now: number, startsAt: number): string {
  const date = new Date(now);
  date.setHours(date.getHours() - startsAt);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}
