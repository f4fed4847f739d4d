/** The `count` nearest of the vectors that were added, told by the numbers of their records. */
export interface Near {
  readonly record: number;
  /** Bits that differ. */
  readonly distance: number;
}

const FIRST_CAPACITY = 1024;

/**
 * The signs of all vectors, 48 bytes for 384 numbers: how many differ tells which vectors are worth a closer look.
 * Adding is cheap, a search reads everything (a million vectors: some ten million words).
 */
export class VectorIndex {
  readonly #words: number;
  #signs: Uint32Array;
  #records: Int32Array;
  #distances: Uint16Array;
  #size = 0;

  constructor(dimensions: number) {
    this.#words = Math.ceil(dimensions / 32);
    this.#signs = new Uint32Array(FIRST_CAPACITY * this.#words);
    this.#records = new Int32Array(FIRST_CAPACITY);
    this.#distances = new Uint16Array(FIRST_CAPACITY);
  }

  get size(): number {
    return this.#size;
  }

  add(record: number, vector: Int8Array): void {
    if (this.#size === this.#records.length) this.#grow();
    this.#records[this.#size] = record;
    this.#signs.set(signsOf(vector, this.#words), this.#size * this.#words);
    this.#size++;
  }

  /** Nearest first; as many as asked for, or a few more at the same distance. */
  nearest(vector: Int8Array, count: number): Near[] {
    const histogram = this.#measure(signsOf(vector, this.#words));
    let limit = 0;
    for (let seen = 0; limit < histogram.length; limit++) {
      seen += histogram[limit]!;
      if (seen >= count) break;
    }
    const near: Near[] = [];
    for (let i = 0; i < this.#size; i++) {
      const distance = this.#distances[i]!;
      if (distance <= limit) near.push({ record: this.#records[i]!, distance });
    }
    return near.sort((a, b) => a.distance - b.distance);
  }

  /** Notes the distance of each vector; returns how many there are of each distance. */
  #measure(query: Uint32Array): Uint32Array {
    const [signs, distances, words] = [this.#signs, this.#distances, this.#words];
    const histogram = new Uint32Array(words * 32 + 1);
    for (let i = 0, at = 0; i < this.#size; i++) {
      let distance = 0;
      for (let w = 0; w < words; w++, at++) distance += ones(signs[at]! ^ query[w]!);
      distances[i] = distance;
      histogram[distance]!++;
    }
    return histogram;
  }

  #grow(): void {
    const capacity = this.#records.length * 2;
    const [signs, records] = [this.#signs, this.#records];
    this.#signs = new Uint32Array(capacity * this.#words);
    this.#records = new Int32Array(capacity);
    this.#distances = new Uint16Array(capacity);
    this.#signs.set(signs);
    this.#records.set(records);
  }
}

function signsOf(vector: Int8Array, words: number): Uint32Array {
  const signs = new Uint32Array(words);
  for (let d = 0; d < vector.length; d++) if (vector[d]! > 0) signs[d >> 5]! |= 1 << (d & 31);
  return signs;
}

/** How many bits of a 32-bit word are set, by adding up neighbours in parallel. */
function ones(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
