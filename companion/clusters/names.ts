import type { TermCounts } from './terms.ts';
import type { Vocabulary } from './vocabulary.ts';

/** So many terms name a theme. */
const TERMS = 4;
/** A word that is not so many times as frequent in a theme as outside of it does not tell it from others. */
const LEAST_LIFT = 2;

/**
 * The terms that tell a theme from the rest, best first, by class TF-IDF: all texts of a theme are one document, and a
 * term weighs tf x ln(1 + A / f), with tf its share of the theme's words, f its occurrences everywhere and A the mean
 * number of words of a class. A word that only one member has is left out: it is that member's own. `classes` counts
 * the themes, and those without one as one more. Pure.
 */
export function distinctiveTerms(
  members: readonly TermCounts[],
  everywhere: Vocabulary,
  classes: number,
): string[] {
  const { counts, holders } = together(members);
  const own = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const mean = everywhere.words / Math.max(1, classes);
  const outside = Math.max(1, everywhere.words - own);
  const weighed: { term: string; weight: number }[] = [];
  for (const [term, count] of counts) {
    const share = count / own;
    const shareOutside = (everywhere.of(term) - count) / outside;
    if (holders.get(term)! < 2 || share < LEAST_LIFT * shareOutside) continue;
    weighed.push({ term, weight: share * Math.log(1 + mean / everywhere.of(term)) });
  }
  weighed.sort((a, b) => b.weight - a.weight || (a.term < b.term ? -1 : 1));
  return weighed.slice(0, TERMS).map(({ term }) => term);
}

function together(members: readonly TermCounts[]): {
  counts: Map<string, number>;
  holders: Map<string, number>;
} {
  const counts = new Map<string, number>();
  const holders = new Map<string, number>();
  for (const terms of members) {
    for (const [term, count] of terms) {
      counts.set(term, (counts.get(term) ?? 0) + count);
      holders.set(term, (holders.get(term) ?? 0) + 1);
    }
  }
  return { counts, holders };
}
