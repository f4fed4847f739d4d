import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { writeFileAtomic } from '../kernel/node.ts';
import type { Reduction } from './embedding.ts';
import type { SentenceModel } from './sentence-model.ts';

/** Numbers that are kept of a token's state; fewer lose recall, more bring none (docs/adr/0004). */
export const TOKEN_DIMENSIONS = 64;
/** So many rows of so many words of the model's own vocabulary show where its states differ. */
const ROWS = 100;
const WORDS_IN_ROW = 12;

/**
 * The directions in which a model's states differ most: principal components of what it makes of its own vocabulary.
 * It comes from the model alone, so that nothing that somebody wrote is in it and forgetting leaves it as it is.
 * Reads it from `file`, where it is written the first time.
 */
export async function reductionFor(model: SentenceModel, file: string): Promise<Reduction> {
  const [from, to] = [model.dimensions, Math.min(TOKEN_DIMENSIONS, model.dimensions)];
  const kept = existsSync(file) ? readFileSync(file) : null;
  if (kept?.byteLength === from * to * 4)
    return { from, to, rows: new Float32Array(new Uint8Array(kept).buffer) };
  const rows = principalComponents(await covariance(model), to);
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  await writeFileAtomic(file, Buffer.from(rows.buffer));
  return { from, to, rows };
}

/** Sum of the outer products of unit states. */
async function covariance(model: SentenceModel): Promise<Matrix> {
  const n = model.dimensions;
  const sums = new Float64Array(n * n);
  for (const text of rowsOfWords(model.vocabulary)) {
    const { pieces, states } = await model.encode({ text });
    for (let p = 0; p < pieces.length; p++) {
      const state = states.subarray(p * n, (p + 1) * n);
      const square = state.reduce((total, x) => total + x * x, 0) || 1;
      for (let i = 0; i < n; i++) {
        const scaled = state[i]! / square;
        for (let j = 0; j <= i; j++) sums[i * n + j]! += scaled * state[j]!;
      }
    }
  }
  return Matrix.zeros(n, n).apply(function (i, j) {
    this.set(i, j, sums[Math.max(i, j) * n + Math.min(i, j)]!);
  });
}

/** Words evenly from the whole vocabulary, a dozen a row. */
function rowsOfWords(vocabulary: readonly string[]): string[] {
  const words = vocabulary.filter((word) => /^[a-z]{3,}$/.test(word));
  const step = Math.max(1, Math.floor(words.length / (ROWS * WORDS_IN_ROW)));
  return Array.from({ length: ROWS }, (_, row) =>
    Array.from(
      { length: WORDS_IN_ROW },
      (_, i) => words[((row * WORDS_IN_ROW + i) * step) % words.length] ?? '',
    ).join(' '),
  );
}

/** The `count` eigenvectors of the largest eigenvalues, one a row. */
function principalComponents(matrix: Matrix, count: number): Float32Array {
  const { eigenvectorMatrix, realEigenvalues } = new EigenvalueDecomposition(matrix, {
    assumeSymmetric: true,
  });
  const order = realEigenvalues
    .map((value, column) => ({ value, column }))
    .sort((a, b) => b.value - a.value)
    .slice(0, count);
  return Float32Array.from(order.flatMap(({ column }) => eigenvectorMatrix.getColumn(column)));
}
