import type { Clock } from '../kernel/index.ts';

const CAPACITY_MS = 2000;
const REFILL_MS_PER_SECOND = 4;

/**
 * Keeps reading repositories cheap over an hour without making a single change wait: a bucket of work time
 * that holds two seconds and refills by 0.4 % of real time (of the 1 % that sensing may cost in all,
 * systems.md section 1).
 */
export class ScanBudget {
  readonly #clock: Clock;
  #left = CAPACITY_MS;
  #at: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#at = clock.now();
  }

  /** How long to wait, in ms, until work that costs `cost` ms is affordable; 0 when it is now. */
  delayFor(cost: number): number {
    this.#refill();
    const missing = Math.min(cost, CAPACITY_MS) - this.#left;
    return missing <= 0 ? 0 : Math.ceil((missing / REFILL_MS_PER_SECOND) * 1000);
  }

  /** Takes what a scan has cost; the bucket may go below zero. */
  spend(cost: number): void {
    this.#refill();
    this.#left -= cost;
  }

  #refill(): void {
    const now = this.#clock.now();
    this.#left = Math.min(
      CAPACITY_MS,
      this.#left + (Math.max(0, now - this.#at) / 1000) * REFILL_MS_PER_SECOND,
    );
    this.#at = now;
  }
}
