const OPEN = '<think>';
const CLOSE = '</think>';

/**
 * Leaves out what a model thinks aloud at the beginning of its answer, between `<think>` and `</think>`: some servers
 * hand it on as text. The tags come in pieces.
 */
export class WithoutThinking {
  #state: 'before' | 'thinking' | 'answer' = 'before';
  #held = '';

  /** What may be shown of the text so far, beyond what was shown before. */
  push(piece: string): string {
    if (this.#state === 'answer') return piece;
    this.#held += piece;
    if (this.#state === 'before') {
      const start = this.#held.trimStart();
      if (start.length < OPEN.length && OPEN.startsWith(start)) return '';
      if (!start.startsWith(OPEN)) return this.#answer(this.#held);
      this.#state = 'thinking';
    }
    const end = this.#held.indexOf(CLOSE);
    if (end >= 0) return this.#answer(this.#held.slice(end + CLOSE.length).trimStart());
    return '';
  }

  /** What was held back and turned out to be the answer. */
  end(): string {
    return this.#state === 'before' ? this.#held : '';
  }

  #answer(text: string): string {
    this.#state = 'answer';
    this.#held = '';
    return text;
  }
}
