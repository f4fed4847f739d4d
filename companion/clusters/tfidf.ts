import type { TermCounts } from './terms.ts';

/** Weights of a text's terms, of length 1 together. */
export type TermVector = ReadonlyMap<string, number>;

/**
 * TF-IDF over texts that come and go: ln(1 + tf) x ln((1 + N) / (1 + df)), of unit length. A text is weighed by what
 * was known when it came, as a rescan of all would cost what an insertion must not; `weigh` again makes it current.
 */
export class TermTable {
  readonly #postings = new Map<string, Map<number, number>>();
  readonly #rows = new Map<number, TermVector>();

  get size(): number {
    return this.#rows.size;
  }

  weigh(counts: TermCounts): TermVector {
    const weights = new Map<string, number>();
    let square = 0;
    for (const [term, count] of counts) {
      const known = this.#postings.get(term)?.size ?? 0;
      const weight = Math.log(1 + count) * Math.log((2 + this.#rows.size) / (1 + known));
      weights.set(term, weight);
      square += weight * weight;
    }
    const length = Math.sqrt(square) || 1;
    for (const [term, weight] of weights) weights.set(term, weight / length);
    return weights;
  }

  set(row: number, vector: TermVector): void {
    this.#rows.set(row, vector);
    for (const [term, weight] of vector) {
      let postings = this.#postings.get(term);
      if (!postings) {
        postings = new Map();
        this.#postings.set(term, postings);
      }
      postings.set(row, weight);
    }
  }

  get(row: number): TermVector | null {
    return this.#rows.get(row) ?? null;
  }

  delete(row: number): void {
    for (const term of this.#rows.get(row)?.keys() ?? []) {
      const postings = this.#postings.get(term)!;
      postings.delete(row);
      if (postings.size === 0) this.#postings.delete(term);
    }
    this.#rows.delete(row);
  }

  /** The cosine of one text with every row, written into `into` by row. */
  cosines(vector: TermVector, into: Float32Array): void {
    into.fill(0);
    for (const [term, weight] of vector)
      for (const [row, other] of this.#postings.get(term) ?? []) into[row]! += weight * other;
  }
}
