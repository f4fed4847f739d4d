/** Two lines that share more of their words than this say the same. */
const ALIKE = 0.7;
/** So many lines are looked back upon. */
export const LOOKED_BACK = 100;

export function wordSet(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
}

/** The share of words that both have, of all words (Jaccard); 0 for two texts without any. Pure. */
export function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let both = 0;
  for (const word of a) if (b.has(word)) both++;
  const all = a.size + b.size - both;
  return all === 0 ? 0 : both / all;
}

/** What was told lately, so that nothing is told twice. Bounded. */
export class Repeats {
  readonly #told: ReadonlySet<string>[] = [];

  isRepeat(text: string): boolean {
    const words = wordSet(text);
    return this.#told.some((told) => likeness(words, told) > ALIKE);
  }

  add(text: string): void {
    this.#told.push(wordSet(text));
    if (this.#told.length > LOOKED_BACK) this.#told.shift();
  }
}
