/** Vectors of unit length side by side in one array, by row: a scan over thousands stays within the cache lines. */
export class VectorTable {
  #data = new Float32Array(0);
  #dimension = 0;
  #taken = new Uint8Array(0);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(row: number): boolean {
    return this.#taken[row] === 1;
  }

  /** Throws for a vector of another dimension than those before it. */
  set(row: number, vector: Float32Array): void {
    if (this.#dimension === 0) this.#dimension = vector.length;
    if (vector.length !== this.#dimension)
      throw new RangeError(`a vector: expected ${this.#dimension} dimensions, received ${vector.length}`);
    this.#reserve(row + 1);
    this.#data.set(vector, row * this.#dimension);
    if (!this.has(row)) this.#size++;
    this.#taken[row] = 1;
  }

  #reserve(rows: number): void {
    if (rows <= this.#taken.length) return;
    const room = Math.max(64, rows, 2 * this.#taken.length);
    const data = new Float32Array(room * this.#dimension);
    data.set(this.#data);
    this.#data = data;
    const taken = new Uint8Array(room);
    taken.set(this.#taken);
    this.#taken = taken;
  }

  delete(row: number): void {
    if (this.has(row)) this.#size--;
    this.#taken[row] = 0;
  }

  /** The cosine of one vector with that of every row that has one, written into `into` by row. */
  cosines(vector: Float32Array, into: Float32Array): void {
    const rows = Math.min(into.length, this.#taken.length);
    for (let row = 0; row < rows; row++)
      if (this.#taken[row] === 1) into[row] = dot(vector, this.#data, row * this.#dimension);
  }
}

// Four sums at once keep the processor's multipliers busy; this loop is nearly all that an insertion costs.
function dot(vector: Float32Array, data: Float32Array, start: number): number {
  const length = vector.length;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let i = 0;
  for (; i + 3 < length; i += 4) {
    a += vector[i]! * data[start + i]!;
    b += vector[i + 1]! * data[start + i + 1]!;
    c += vector[i + 2]! * data[start + i + 2]!;
    d += vector[i + 3]! * data[start + i + 3]!;
  }
  for (; i < length; i++) a += vector[i]! * data[start + i]!;
  return a + b + c + d;
}
