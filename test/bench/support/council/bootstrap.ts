import { type Random, randomInt } from '../../../../companion/kernel/index.ts';

/**
 * How often each observation counts in one resample: repositories are drawn with replacement, then within each drawn
 * one its comments, each with all its observations. A repository drawn twice has its comments drawn twice over.
 * `repositories[r][c]` are the indices of the observations of comment c of repository r. Pure but for `random`.
 */
export function resample(
  repositories: readonly (readonly (readonly number[])[])[],
  observations: number,
  random: Random,
): Uint16Array {
  const counts = new Uint16Array(observations);
  for (let drawn = 0; drawn < repositories.length; drawn++) {
    const comments = repositories[randomInt(random, repositories.length)]!;
    for (let again = 0; again < comments.length; again++) {
      for (const index of comments[randomInt(random, comments.length)]!) counts[index]!++;
    }
  }
  return counts;
}

/** The scores of one voter, sorted once, so that each resample's AUC is one pass. */
export class RankedScores {
  private readonly order: Uint32Array;
  private readonly scores: readonly number[];
  private readonly positive: readonly boolean[];

  constructor(scores: readonly number[], positive: readonly boolean[]) {
    this.scores = scores;
    this.positive = positive;
    this.order = Uint32Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]!);
  }

  /** Over the observations that `counts` counts and `within` (if given) holds; null without both kinds. */
  auc(counts: ArrayLike<number> | null, within?: (index: number) => boolean): number | null {
    let [positives, negatives, right] = [0, 0, 0];
    for (let start = 0; start < this.order.length; ) {
      const score = this.scores[this.order[start]!]!;
      let [tiedPositives, tiedNegatives, end] = [0, 0, start];
      for (; end < this.order.length && this.scores[this.order[end]!]! === score; end++) {
        const index = this.order[end]!;
        const count = counts ? counts[index]! : 1;
        if (count === 0 || (within && !within(index))) continue;
        if (this.positive[index]!) tiedPositives += count;
        else tiedNegatives += count;
      }
      right += tiedPositives * (negatives + tiedNegatives / 2);
      positives += tiedPositives;
      negatives += tiedNegatives;
      start = end;
    }
    return positives === 0 || negatives === 0 ? null : right / (positives * negatives);
  }
}

/** The 2.5th and the 97.5th percentile. Pure. */
export function interval(values: readonly number[]): { low: number; high: number } {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;
  return { low: at(0.025), high: at(0.975) };
}
