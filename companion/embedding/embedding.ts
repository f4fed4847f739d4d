import type { Encoded } from './sentence-model.ts';

/** Vectors as bytes: each number of a unit vector times 127. */
export const BYTE_SCALE = 127;

/** A text as vectors of bytes. */
export interface Embedding {
  /** The mean of its pieces' states, as a unit vector. */
  readonly vector: Int8Array;
  /** One unit vector a piece, reduced to fewer dimensions, after one another. */
  readonly tokens: Int8Array;
  readonly pieces: readonly string[];
}

/** A matrix that keeps as much as it can of what tells pieces apart, in `to` numbers instead of `from`. */
export interface Reduction {
  readonly from: number;
  readonly to: number;
  /** `to` rows of `from` numbers. */
  readonly rows: Float32Array;
}

/** Puts what the model made of a text into bytes. Pure. */
export function embeddingOf({ pieces, states }: Encoded, reduction: Reduction): Embedding {
  const { from, to } = reduction;
  const mean = new Float32Array(from);
  const tokens = new Int8Array(pieces.length * to);
  for (let i = 0; i < pieces.length; i++) {
    const state = states.subarray(i * from, (i + 1) * from);
    for (let d = 0; d < from; d++) mean[d]! += state[d]!;
    tokens.set(toBytes(reduce(state, reduction)), i * to);
  }
  return { vector: toBytes(mean), tokens, pieces };
}

/** A vector of any length as unit vector in bytes; one of nothing but zeros stays so. Pure. */
export function toBytes(vector: Float32Array): Int8Array {
  const length = Math.hypot(...vector) || 1;
  return Int8Array.from(vector, (x) => Math.round((x / length) * BYTE_SCALE));
}

function reduce(state: Float32Array, { from, to, rows }: Reduction): Float32Array {
  const reduced = new Float32Array(to);
  for (let r = 0; r < to; r++) {
    let sum = 0;
    for (let d = 0; d < from; d++) sum += rows[r * from + d]! * state[d]!;
    reduced[r] = sum;
  }
  return reduced;
}
