import { type Disposable, Listeners } from '../../companion/kernel/index.ts';

/** Tells when this extension has a question open, so that no tap lands on top of it. */
export class Prompts {
  readonly #changes = new Listeners<boolean>();
  #open = 0;

  get open(): boolean {
    return this.#open > 0;
  }

  onChange(listener: (open: boolean) => void): Disposable {
    return this.#changes.add(listener);
  }

  /** Runs a question; every input box and quick pick of ours goes through here. */
  async ask<T>(question: () => PromiseLike<T>): Promise<T> {
    if (this.#open++ === 0) this.#changes.tell(true);
    try {
      return await question();
    } finally {
      if (--this.#open === 0) this.#changes.tell(false);
    }
  }
}
