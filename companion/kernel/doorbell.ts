/** Lets one consumer sleep until there is something to do. A ring while nobody waits is not lost. */
export class Doorbell {
  #rung = false;
  #wake: (() => void) | null = null;

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  /** Resolves once it has rung since the last wait, or `signal` has aborted. */
  async wait(signal?: AbortSignal): Promise<void> {
    const abort = () => this.#wake?.();
    signal?.addEventListener('abort', abort, { once: true });
    if (!this.#rung && !signal?.aborted) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    signal?.removeEventListener('abort', abort);
    this.#wake = null;
    this.#rung = false;
  }
}
