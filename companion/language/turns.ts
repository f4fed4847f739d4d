interface Waiting {
  readonly key: string;
  start(): void;
}

/** A turn at a provider; whoever has it gives it back. */
export interface Turn {
  release(): void;
}

/** So many may wait; more would only wait in vain. */
export const MOST_WAITING = 64;

/**
 * Turns at a provider that writes so many at once. Those of one key come in their order; between keys it goes round,
 * so that a folder with many questions does not hold up another with one.
 */
export class Turns {
  readonly #width: number;
  #taken = 0;
  #waiting: Waiting[] = [];
  /** Of the keys that wait or were served lately: how late, counted up. */
  readonly #served = new Map<string, number>();
  #count = 0;

  constructor(width: number) {
    this.#width = width;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  get full(): boolean {
    return this.#waiting.length >= MOST_WAITING;
  }

  /** Resolves when the turn has come; rejects with the reason of the signal. */
  take(key: string, signal: AbortSignal): Promise<Turn> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const entry: Waiting = {
        key,
        start: () => {
          signal.removeEventListener('abort', leave);
          this.#taken++;
          this.#served.set(key, ++this.#count);
          resolve(this.#turn());
        },
      };
      const leave = () => {
        this.#waiting = this.#waiting.filter((each) => each !== entry);
        reject(signal.reason);
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.push(entry);
      this.#next();
    });
  }

  #turn(): Turn {
    let released = false;
    return {
      release: () => {
        if (released) return;
        released = true;
        this.#taken--;
        this.#next();
      },
    };
  }

  #next(): void {
    while (this.#taken < this.#width && this.#waiting.length > 0) {
      const entry = nextOf(this.#waiting, this.#served);
      this.#waiting = this.#waiting.filter((each) => each !== entry);
      entry.start();
    }
    if (this.#waiting.length === 0 && this.#taken === 0) this.#served.clear();
  }
}

/** The first of the key that was served longest ago, or never; there is at least one. Pure. */
export function nextOf<T extends { readonly key: string }>(
  waiting: readonly T[],
  served: ReadonlyMap<string, number>,
): T {
  const at = ({ key }: T) => served.get(key) ?? 0;
  return waiting.reduce((best, entry) => (at(entry) < at(best) ? entry : best));
}
