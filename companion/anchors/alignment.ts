import type { TraceSide } from './trace-side.ts';

/** Where to look for one side of an anchor's surroundings, nearest line first. */
export interface Stretch {
  /** Key numbers of the file's lines. */
  readonly keys: readonly number[];
  /** How alike line `i` of the side and the line at `j` are although their keys differ, 0 to 1. */
  likeness(i: number, j: number): number;
}

/**
 * How much of the first `length` lines of a side is found, in order, within the first `width` of `stretch`: the
 * best weighted common subsequence in which every gap costs. From 0 to the sum of the weights.
 */
export function align(side: TraceSide, length: number, stretch: Stretch, width: number): number {
  const { keys } = stretch;
  const soft = side.profiles.length;
  const rows = Math.min(length, side.weights.length);
  // matched[j]: best so far with its last pair at keys[j-1]; best[j]: best so far within the first j keys.
  const matched = new Float64Array(width + 1).fill(Number.NEGATIVE_INFINITY);
  const best = new Float64Array(width + 1);
  matched[0] = 0;
  for (let i = 0; i < rows; i++) {
    const number = side.numbers[i]!;
    if (number < 0 && i >= soft) {
      matched.fill(Number.NEGATIVE_INFINITY);
      continue;
    }
    const weight = side.weights[i]!;
    const gapCost = side.gapCosts[i]!;
    let diagonalMatched = matched[0]!;
    let diagonalBest = best[0]!;
    matched[0] = Number.NEGATIVE_INFINITY;
    for (let j = 1; j <= width; j++) {
      const credit = keys[j - 1] === number ? 1 : i < soft ? stretch.likeness(i, j - 1) : 0;
      let reached = Number.NEGATIVE_INFINITY;
      if (credit > 0) reached = weight * credit + Math.max(diagonalMatched, diagonalBest - gapCost);
      diagonalMatched = matched[j]!;
      diagonalBest = best[j]!;
      matched[j] = reached;
      best[j] = Math.max(diagonalBest, best[j - 1]!, reached);
    }
  }
  return best[width]!;
}
