import type { Disposable } from './clock.ts';

export interface AsyncDisposable {
  dispose(): void | Promise<void>;
}

/**
 * Owns things and disposes them in reverse order, once. What is added after disposal is disposed at once,
 * so a late answer of a slow start-up cannot leak.
 */
export class Disposables implements AsyncDisposable {
  readonly #owned: AsyncDisposable[] = [];
  #done: Promise<void> | null = null;

  get disposed(): boolean {
    return this.#done !== null;
  }

  add<T extends Disposable | AsyncDisposable>(item: T): T {
    if (this.#done) void item.dispose();
    else this.#owned.push(item);
    return item;
  }

  /** Disposes everything even when one of them throws; throws the first failure at the end. */
  dispose(): Promise<void> {
    this.#done ??= this.#disposeAll();
    return this.#done;
  }

  async #disposeAll(): Promise<void> {
    const failures: unknown[] = [];
    for (const item of this.#owned.reverse()) {
      try {
        await item.dispose();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
