/** Vectors of unit length side by side in one array, by row: a scan over thousands stays within the cache lines. */
export class VectorTable {
  #data = new Float32Array(0);
  #dimension = 0;
  #taken = new Uint8Array(0);
  #size = 0;
  /** No row from here on was ever set. */
  #end = 0;

  get size(): number {
    return this.#size;
  }

  has(row: number): boolean {
    return this.#taken[row] === 1;
  }

  /** Throws for a vector of another dimension than those before it. */
  check(vector: Float32Array): void {
    if (this.#dimension === 0) this.#dimension = vector.length;
    if (vector.length !== this.#dimension)
      throw new RangeError(`a vector: expected ${this.#dimension} dimensions, received ${vector.length}`);
  }

  set(row: number, vector: Float32Array): void {
    this.check(vector);
    this.#reserve(row + 1);
    this.#data.set(vector, row * this.#dimension);
    if (!this.has(row)) this.#size++;
    this.#taken[row] = 1;
    this.#end = Math.max(this.#end, row + 1);
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
    const rows = Math.min(into.length, this.#end);
    const wide = Float64Array.from(vector);
    let row = 0;
    for (; row + 3 < rows; row += 4) fourDots(wide, this.#data, row * this.#dimension, into, row);
    for (; row < rows; row++) into[row] = dot(wide, this.#data, row * this.#dimension);
  }
}

// Nearly all that an insertion costs. Four rows at once read the vector once for all of them.
function fourDots(
  vector: Float64Array,
  data: Float32Array,
  start: number,
  into: Float32Array,
  row: number,
): void {
  const length = vector.length;
  const second = start + length;
  const third = second + length;
  const fourth = third + length;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let i = 0; i < length; i++) {
    const value = vector[i]!;
    a += value * data[start + i]!;
    b += value * data[second + i]!;
    c += value * data[third + i]!;
    d += value * data[fourth + i]!;
  }
  into[row] = a;
  into[row + 1] = b;
  into[row + 2] = c;
  into[row + 3] = d;
}

function dot(vector: Float64Array, data: Float32Array, start: number): number {
  let sum = 0;
  for (let i = 0; i < vector.length; i++) sum += vector[i]! * data[start + i]!;
  return sum;
}
