import type { TermCounts } from './terms.ts';

/** How often each term stands in all texts together. */
export class Vocabulary {
  readonly #counts = new Map<string, number>();
  #words = 0;

  /** Words of all texts, repetitions counted. */
  get words(): number {
    return this.#words;
  }

  of(term: string): number {
    return this.#counts.get(term) ?? 0;
  }

  add(terms: TermCounts): void {
    for (const [term, count] of terms) this.#change(term, count);
  }

  remove(terms: TermCounts): void {
    for (const [term, count] of terms) this.#change(term, -count);
  }

  #change(term: string, by: number): void {
    const count = this.of(term) + by;
    this.#words += by;
    // A centroid counts fractions, whose sums are not exact.
    if (count > 1e-6) this.#counts.set(term, count);
    else this.#counts.delete(term);
  }
}
