import { ProgenyError } from '../protocol/index.ts';
import { parseInput, type ReplayInput } from './input.ts';

/**
 * Lines of a stream as inputs, one after the other; empty lines are skipped. Throws `bad_input` with the number of
 * the line, what was received and what is expected; so it does where time runs backwards.
 */
export class StreamReader {
  #line = 0;
  #last = Number.NEGATIVE_INFINITY;

  /** Null for an empty line. */
  read(text: string): ReplayInput | null {
    this.#line++;
    if (text.trim() === '') return null;
    const input = this.#parsed(text);
    if (input.at < this.#last)
      throw this.#wrong(
        `its time ${input.at} is before ${this.#last} of the line before; sort the lines by "at"`,
      );
    this.#last = input.at;
    return input;
  }

  #parsed(text: string): ReplayInput {
    try {
      return parseInput(text);
    } catch (error) {
      const reason =
        error instanceof SyntaxError ? `it is no JSON (${error.message})` : (error as Error).message;
      throw this.#wrong(reason);
    }
  }

  #wrong(reason: string): ProgenyError {
    return new ProgenyError('bad_input', `Line ${this.#line}: ${reason}.`, { line: this.#line });
  }
}
