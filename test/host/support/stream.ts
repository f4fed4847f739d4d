/** Values for any number of readers; each reads from when it began. */
export class Stream<T> {
  readonly #readers = new Set<(value: T) => void>();

  tell(value: T): void {
    for (const reader of this.#readers) reader(value);
  }

  /** Yields `first`, if given, then every value told, until the signal aborts. */
  async *read(signal: AbortSignal | undefined, ...first: T[]): AsyncGenerator<T, void> {
    const queue = [...first];
    let wake = () => {};
    const reader = (value: T) => {
      queue.push(value);
      wake();
    };
    this.#readers.add(reader);
    try {
      while (!signal?.aborted) {
        for (const value of queue.splice(0)) yield value;
        if (queue.length > 0) continue;
        await new Promise<void>((resolve) => {
          wake = resolve;
          signal?.addEventListener('abort', () => resolve(), { once: true });
        });
      }
    } finally {
      this.#readers.delete(reader);
    }
  }
}
