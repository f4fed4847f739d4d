import type { Clock, Disposable } from '../kernel/index.ts';

/** A line that waits for its turn in the live view. */
export interface Waiting {
  readonly seq: number;
  readonly at: number;
}

const EVERY_MS = 500;
/** What is older is no news. */
export const OLDEST_MS = 30_000;

/** Lines one after the other, at most two a second; what waits too long is let go. */
export class LiveQueue implements Disposable {
  readonly #clock: Clock;
  readonly #tell: (seq: number) => void;
  readonly #late: (seqs: readonly number[]) => void;
  #waiting: Waiting[] = [];
  #turn: Disposable | null = null;
  #toldAt = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, told: { tell(seq: number): void; late(seqs: readonly number[]): void }) {
    this.#clock = clock;
    this.#tell = told.tell;
    this.#late = told.late;
  }

  add(lines: readonly Waiting[]): void {
    this.#waiting.push(...lines);
    this.#next();
  }

  dispose(): void {
    this.#turn?.dispose();
    this.#waiting = [];
  }

  #next(): void {
    if (this.#turn || this.#waiting.length === 0) return;
    const wait = Math.max(0, this.#toldAt + EVERY_MS - this.#clock.now());
    this.#turn = this.#clock.after(wait, () => {
      this.#turn = null;
      this.#drain();
      this.#next();
    });
  }

  #drain(): void {
    const now = this.#clock.now();
    const late = this.#waiting.filter(({ at }) => now - at > OLDEST_MS);
    this.#waiting = this.#waiting.filter(({ at }) => now - at <= OLDEST_MS);
    if (late.length > 0) this.#late(late.map(({ seq }) => seq));
    const first = this.#waiting.shift();
    if (!first) return;
    this.#toldAt = now;
    this.#tell(first.seq);
  }
}
