import { NearestList, type Neighbour } from './nearest.ts';
import { type Attributes, sharedPriors } from './priors.ts';
import { FIRST_SCALE, learn, onScale, type Scale } from './scale.ts';
import type { TermCounts } from './terms.ts';
import { TermTable, type TermVector } from './tfidf.ts';
import type { Tuning } from './tuning.ts';
import { VectorTable } from './vectors.ts';
import { Vocabulary } from './vocabulary.ts';

/** What a row is compared by. */
export interface Sight extends Attributes {
  readonly vector: Float32Array | null;
  readonly terms: TermCounts;
}

export interface Scales {
  readonly vectors: Scale;
  readonly terms: Scale;
}

/**
 * Who is near whom, by row. A new row costs one scan; all others learn of it from the same scan, so that the graph
 * of nearest neighbours is always at hand and a refit compares nothing again.
 */
export class Neighbourhood {
  readonly #tuning: Tuning;
  // By row; `undefined` where a row is free.
  readonly #sights: (Sight | undefined)[] = [];
  readonly #lists: (NearestList | undefined)[] = [];
  readonly #vocabulary = new Vocabulary();
  readonly #vectors = new VectorTable();
  readonly #terms = new TermTable();
  readonly #free: number[] = [];
  #size = 0;
  #byVector = new Float32Array(0);
  #byTerms = new Float32Array(0);
  #scales: Scales;
  #learnt: Scales;

  constructor(tuning: Tuning, scales: Scales = FIRST_SCALE) {
    this.#tuning = tuning;
    this.#scales = scales;
    this.#learnt = scales;
  }

  /** The scales in force. They change only when all is refreshed, so that kinships may be compared. */
  get scales(): Scales {
    return this.#scales;
  }

  get vocabulary(): Vocabulary {
    return this.#vocabulary;
  }

  rows(): number[] {
    return this.#sights.flatMap((sight, row) => (sight ? [row] : []));
  }

  nearest(row: number): readonly Neighbour[] {
    return this.#lists[row]!.items;
  }

  /** What a row is compared by. */
  sight(row: number): Sight {
    return this.#sights[row]!;
  }

  /** The row of a newcomer. Throws for a vector of another dimension than those before it. */
  add(sight: Sight): number {
    if (sight.vector) this.#vectors.check(sight.vector);
    const row = this.#free.pop() ?? this.#sights.length;
    const terms = this.#terms.weigh(sight.terms);
    const list = new NearestList(this.#tuning.kept);
    const sum = this.#scan(sight, terms, list, row);
    this.#learn(sight, sum / Math.max(1, this.#size), list);
    this.#sights[row] = sight;
    this.#lists[row] = list;
    this.#size++;
    this.#terms.set(row, terms);
    this.#vocabulary.add(sight.terms);
    if (sight.vector) this.#vectors.set(row, sight.vector);
    return row;
  }

  remove(row: number): void {
    this.#vocabulary.remove(this.sight(row).terms);
    this.#sights[row] = undefined;
    this.#lists[row] = undefined;
    this.#size--;
    this.#terms.delete(row);
    this.#vectors.delete(row);
    for (const list of this.#lists) list?.drop(row);
    this.#free.push(row);
  }

  /** How near two rows are; 0 when neither is among the other's nearest. */
  kinship(a: number, b: number): number {
    const found =
      this.nearest(a).find(({ row }) => row === b) ?? this.nearest(b).find(({ row }) => row === a);
    return found?.kinship ?? 0;
  }

  /** Makes every list and the scales what they would be had all come at once. Part of a refit. */
  refresh(): void {
    this.#scales = this.#learnt;
    const byTerms = this.#vectors.size < this.#size;
    if (byTerms) this.#weighAgain();
    for (const row of this.rows()) {
      const list = this.#lists[row]!;
      const sight = this.#sights[row]!;
      if (byTerms || list.shorterThan(this.#tuning.edges)) {
        list.empty();
        this.#scan(sight, this.#terms.get(row)!, list, null);
        list.drop(row);
      }
      list.rate((item) => this.#kinship(sight, item.row, item.cosine));
    }
  }

  #weighAgain(): void {
    for (const row of this.rows()) {
      this.#terms.delete(row);
      this.#terms.set(row, this.#terms.weigh(this.#sights[row]!.terms));
    }
  }

  /** Offers all rows to `list`, and, for a newcomer, `self` to the lists of all; gives the sum of cosines. */
  #scan(sight: Sight, terms: TermVector, list: NearestList, self: number | null): number {
    const rows = this.#sights.length;
    if (this.#byVector.length < rows) {
      this.#byVector = new Float32Array(2 * rows);
      this.#byTerms = new Float32Array(2 * rows);
    }
    const { vector } = sight;
    if (vector) this.#vectors.cosines(vector, this.#byVector);
    if (!vector || this.#vectors.size < this.#size) this.#terms.cosines(terms, this.#byTerms);
    let sum = 0;
    for (let row = 0; row < rows; row++) {
      const other = this.#lists[row];
      if (!other) continue;
      const cosine = (vector && this.#vectors.has(row) ? this.#byVector : this.#byTerms)[row]!;
      const kinship = this.#kinship(sight, row, cosine);
      sum += cosine;
      if (kinship >= list.bar) list.offer(row, cosine, kinship);
      if (self !== null && kinship >= other.bar) other.offer(self, cosine, kinship);
    }
    return sum;
  }

  #kinship(sight: Sight, row: number, cosine: number): number {
    const byVector = sight.vector !== null && this.#vectors.has(row);
    const scale = byVector ? this.#scales.vectors : this.#scales.terms;
    const shared = hasAttributes(sight) ? sharedPriors(sight, this.#sights[row]!) : 0;
    return onScale(cosine, scale) + this.#tuning.prior * shared;
  }

  #learn(sight: Sight, mean: number, list: NearestList): void {
    const nearest = list.items.slice(0, this.#tuning.voices);
    if (nearest.length < this.#tuning.voices) return;
    const near = nearest.reduce((sum, { cosine }) => sum + cosine, 0) / nearest.length;
    const measure = sight.vector ? 'vectors' : 'terms';
    // Cosines of two measures teach neither.
    if (measure === 'vectors' && this.#vectors.size < this.#size) return;
    this.#learnt = { ...this.#learnt, [measure]: learn(this.#learnt[measure], mean, near) };
  }
}

function hasAttributes({ tone, branch, directory }: Attributes): boolean {
  return tone !== null || branch !== null || directory !== null;
}
