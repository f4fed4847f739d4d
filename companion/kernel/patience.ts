import type { Clock } from './clock.ts';

/**
 * An editor that saves by itself saves half-typed edits. One that makes no sense is therefore judged only when
 * it has stood unchanged for `ms`.
 */
export class Patience {
  readonly #clock: Clock;
  readonly #ms: number;
  readonly #waiting = new Map<string, { bytes: Buffer; since: number }>();

  constructor(clock: Clock, ms: number) {
    this.#clock = clock;
    this.#ms = ms;
  }

  /** Whether what stands in `file` has stood there for long enough. */
  isOver(file: string, bytes: Buffer): boolean {
    const now = this.#clock.now();
    const known = this.#waiting.get(file);
    const since = known?.bytes.equals(bytes) ? known.since : now;
    if (now - since >= this.#ms) {
      this.#waiting.delete(file);
      return true;
    }
    this.#waiting.set(file, { bytes, since });
    return false;
  }

  forget(file: string): void {
    this.#waiting.delete(file);
  }
}
