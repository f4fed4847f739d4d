import { isCancel, select, text } from '@clack/prompts';
import type { ConvergencePart } from '../protocol/index.ts';

/** Words typed in the place of an answer. */
export const BACK = '/back';
export const SKIP_ALL = '/skip all';

/** Whoever presses Ctrl-C, or is asked to end. */
export class Stopped extends Error {}

interface Choice {
  value: string;
  label: string;
  hint?: string;
}

/** What a terminal asks. Both throw `Stopped`. */
export class Prompts {
  readonly #signal: AbortSignal;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** One part of an answer, as it was typed; `BACK` or `SKIP_ALL` where that was typed or chosen. */
  async field(part: ConvergencePart, before: string): Promise<string> {
    if (part.kind === 'choice') {
      const ways = [
        { value: '', label: 'Skip this one' },
        { value: BACK, label: 'Back' },
        { value: SKIP_ALL, label: 'Skip all the rest' },
      ];
      return this.choose(part.label, [...part.options, ...ways], before);
    }
    const shape = { list: ' (with ; between)', hours: ' (from-until)', text: '' }[part.kind];
    const typed = await text({
      message: `${part.label}${shape}`,
      placeholder: part.example,
      initialValue: before.replaceAll('\n', part.kind === 'list' ? '; ' : ' '),
      signal: this.#signal,
    });
    if (isCancel(typed)) throw new Stopped();
    const said = (typed ?? '').trim();
    const word = said.toLowerCase().replace(/\s+/g, ' ');
    return word === BACK || word === SKIP_ALL ? word : said;
  }

  /** `before` is the value or the label of what is chosen at first. */
  async choose(message: string, options: Choice[], before?: string): Promise<string> {
    const known = options.find(({ value, label }) => value === before || label === before);
    const chosen = await select({
      message,
      options,
      ...(known && { initialValue: known.value }),
      signal: this.#signal,
    });
    if (isCancel(chosen)) throw new Stopped();
    return chosen;
  }
}
