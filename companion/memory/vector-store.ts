import type { Reader } from '../store/index.ts';
import { VectorIndex } from './vector-index.ts';

interface Model {
  readonly digest: string;
  readonly dimensions: number;
  readonly token_dimensions: number;
}

/** Rows that are taken into the index in one go. */
const BATCH = 10_000;

/** The vectors that are stored, and which of them are near another; follows what is written meanwhile. */
export class VectorStore {
  readonly #reader: Reader;
  #model: Model | null = null;
  #index: VectorIndex | null = null;
  /** The last row that the index has. */
  #last = 0;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  /** How many records have a vector of the model in use. */
  get size(): number {
    return this.#follow()?.size ?? 0;
  }

  /** Numbers that a token's vector has; null while there is no model. */
  get tokenDimensions(): number | null {
    this.#follow();
    return this.#model?.token_dimensions ?? null;
  }

  /** The vector of a record; null where it has none. */
  vectorOf(record: number): Int8Array | null {
    const row = this.#reader.get<{ vector: Uint8Array }>(
      'SELECT vector FROM memory_vectors WHERE memory = ?',
      record,
    );
    return row ? bytes(row.vector) : null;
  }

  /** Rows nearest to a vector, best first: the nearest `look` by their signs, in order of their cosines. */
  nearest(vector: Int8Array, look: number, within: ReadonlySet<number> | null): number[] {
    const index = this.#follow();
    if (!index || vector.length !== this.#model!.dimensions) return [];
    // A scope that holds less than is looked at is compared whole; a wider one is met often enough by looking further.
    const whole = within !== null && within.size <= look;
    const rows = whole
      ? [...within]
      : index
          .nearest(vector, within ? look * Math.ceil(index.size / within.size) : look)
          .map(({ record }) => record)
          .filter((rowid) => within?.has(rowid) ?? true)
          .slice(0, look);
    const cosines = this.cosines(
      vector,
      rows.map((rowid) => ({ rowid })),
    );
    return [...cosines].sort((a, b) => b[1] - a[1]).map(([rowid]) => rowid);
  }

  /** Cosines of a vector and those of the records that have one. */
  cosines(vector: Int8Array, records: readonly { rowid: number }[]): Map<number, number> {
    this.#follow();
    if (vector.length !== this.#model?.dimensions) return new Map();
    const sql = `SELECT memory, vector FROM json_each(?) AS wanted
      CROSS JOIN memory_vectors ON memory_vectors.memory = wanted.value`;
    const rows = this.#reader.all<{ memory: number; vector: Uint8Array }>(sql, numbers(records));
    return new Map(rows.map((row) => [row.memory, cosine(vector, bytes(row.vector))]));
  }

  /** Tokens of those records that have them. */
  tokens(rowids: readonly number[]): Map<number, Int8Array> {
    const sql = `SELECT memory, tokens FROM json_each(?) AS wanted
      CROSS JOIN memory_tokens ON memory_tokens.memory = wanted.value`;
    const rows = this.#reader.all<{ memory: number; tokens: Uint8Array }>(sql, JSON.stringify(rowids));
    return new Map(rows.map((row) => [row.memory, bytes(row.tokens)]));
  }

  /** The index as of what is stored now; null while there is no model. */
  #follow(): VectorIndex | null {
    const model = this.#reader.get<Model>('SELECT * FROM memory_models') ?? null;
    if (model?.digest !== this.#model?.digest) {
      this.#model = model;
      this.#index = model && new VectorIndex(model.dimensions);
      this.#last = 0;
    }
    if (!this.#index) return null;
    for (;;) {
      const sql = `SELECT n, memory, vector FROM memory_vectors WHERE n > ? ORDER BY n LIMIT ${BATCH}`;
      const rows = this.#reader.all<{ n: number; memory: number; vector: Uint8Array }>(sql, this.#last);
      for (const { n, memory, vector } of rows) {
        this.#index.add(memory, bytes(vector));
        this.#last = n;
      }
      if (rows.length < BATCH) return this.#index;
    }
  }
}

function cosine(a: Int8Array, b: Int8Array): number {
  let total = 0;
  for (let d = 0; d < a.length; d++) total += a[d]! * b[d]!;
  return total / (127 * 127);
}

function bytes(blob: Uint8Array): Int8Array {
  return new Int8Array(blob.buffer, blob.byteOffset, blob.byteLength);
}

function numbers(records: readonly { rowid: number }[]): string {
  return JSON.stringify(records.map(({ rowid }) => rowid));
}
