/** One side of an anchor's surroundings, nearest line first. */
export interface Side {
  /** Key numbers; -1 for a line that the file does not have. */
  readonly numbers: readonly number[];
  /** What finding a line is worth. */
  readonly weights: readonly number[];
  /** What it costs when a line is not found right behind the one before. */
  readonly breaks: readonly number[];
}

/** How alike line `i` of a side and the line at `j` are when their keys differ, 0 to 1. */
export type Likeness = (i: number, j: number) => number;

/**
 * How much of a side is found, in order, in `keys` (nearest first): the best weighted common subsequence, in
 * which each break costs. 0 to the sum of the weights of the first `length` lines. Of these the first `soft`
 * may also be found in edited form.
 */
export function align(
  side: Side,
  length: number,
  keys: readonly number[],
  width: number,
  soft: number,
  likeness: Likeness,
): number {
  // matched[j]: best so far with the last pair at keys[j-1]; best[j]: best so far within keys[0..j-1].
  const matched = new Float64Array(width + 1).fill(Number.NEGATIVE_INFINITY);
  const best = new Float64Array(width + 1);
  matched[0] = 0;
  const rows = Math.min(length, side.weights.length);
  for (let i = 0; i < rows; i++) {
    const weight = side.weights[i]!;
    const number = side.numbers[i]!;
    if (number < 0 && i >= soft) {
      matched.fill(Number.NEGATIVE_INFINITY);
      continue;
    }
    let diagonalMatched = matched[0]!;
    let diagonalBest = best[0]!;
    matched[0] = Number.NEGATIVE_INFINITY;
    for (let j = 1; j <= width; j++) {
      const credit = keys[j - 1] === number ? 1 : i < soft ? likeness(i, j - 1) : 0;
      const broken = diagonalBest - side.breaks[i]!;
      const reached =
        credit > 0
          ? weight * credit + (diagonalMatched > broken ? diagonalMatched : broken)
          : Number.NEGATIVE_INFINITY;
      diagonalMatched = matched[j]!;
      diagonalBest = best[j]!;
      matched[j] = reached;
      const left = best[j - 1]!;
      let top = diagonalBest > left ? diagonalBest : left;
      if (reached > top) top = reached;
      best[j] = top;
    }
  }
  return best[width]!;
}
