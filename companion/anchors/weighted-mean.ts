/** The mean of the values that are known; a half when none is. */
export function weightedMean(terms: readonly (readonly [weight: number, value: number | null])[]): number {
  let sum = 0;
  let weight = 0;
  for (const [share, value] of terms) {
    if (value === null) continue;
    sum += share * value;
    weight += share;
  }
  return weight === 0 ? 0.5 : sum / weight;
}
