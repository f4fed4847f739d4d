import type { Clock, Disposable } from '../kernel/index.ts';
import type { NameEvents } from './settle-names.ts';

/** Events are gathered this long, or until there are this many names. */
const BATCH_MS = 50;
const BATCH_COUNT = 2_000;

/** Gathers what is heard of names for a moment, so that each is looked at once. */
export class NameBatch {
  readonly #clock: Clock;
  readonly #onFull: () => void;
  #names = new Map<string, NameEvents>();
  #timer: Disposable | null = null;

  /** `onFull` is called when it is time to `take`. */
  constructor(clock: Clock, onFull: () => void) {
    this.#clock = clock;
    this.#onFull = onFull;
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }

  add(name: string, event: Partial<NameEvents>): void {
    const known = this.#names.get(name);
    this.#names.set(name, {
      renames: (known?.renames ?? 0) + (event.renames ?? 0),
      writes: (known?.writes ?? 0) + (event.writes ?? 0),
      newsSince: event.newsSince ?? known?.newsSince ?? null,
    });
    if (this.#names.size >= BATCH_COUNT) this.#onFull();
    else this.wake();
  }

  /** Asks to be taken soon, even if no name is added. */
  wake(): void {
    this.#timer ??= this.#clock.after(BATCH_MS, this.#onFull);
  }

  /** Gives what was gathered and begins anew. */
  take(): ReadonlyMap<string, NameEvents> {
    const names = this.#names;
    this.dispose();
    return names;
  }

  dispose(): void {
    this.#timer?.dispose();
    this.#timer = null;
    this.#names = new Map();
  }
}
