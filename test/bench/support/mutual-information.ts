/**
 * Adjusted mutual information of two labellings of the same items (Vinh, Epps and Bailey 2010): 1 for the same
 * grouping, about 0 for what chance gives, with the arithmetic mean of both entropies as the upper bound.
 */
export function adjustedMutualInformation(first: readonly string[], second: readonly string[]): number {
  const a = [...countsOf(first).values()];
  const b = [...countsOf(second).values()];
  if (a.length === b.length && (a.length <= 1 || a.length === first.length)) return 1;
  const expected = expectedInformation(a, b, first.length);
  const bound = (entropy(a, first.length) + entropy(b, first.length)) / 2;
  return (mutualInformation(first, second) - expected) / (bound - expected);
}

function countsOf(labels: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

function entropy(counts: readonly number[], n: number): number {
  return -counts.reduce((sum, count) => sum + (count / n) * Math.log(count / n), 0);
}

function mutualInformation(first: readonly string[], second: readonly string[]): number {
  const n = first.length;
  const both = countsOf(first.map((label, i) => JSON.stringify([label, second[i]])));
  const a = countsOf(first);
  const b = countsOf(second);
  let sum = 0;
  for (const [pair, count] of both) {
    const [x, y] = JSON.parse(pair) as [string, string];
    sum += (count / n) * Math.log((n * count) / (a.get(x)! * b.get(y)!));
  }
  return sum;
}

/** What two groupings of these sizes share by chance, under the hypergeometric model. */
function expectedInformation(a: readonly number[], b: readonly number[], n: number): number {
  const log = logFactorials(n);
  let sum = 0;
  for (const x of a) {
    for (const y of b) {
      const fixed = log[x]! + log[y]! + log[n - x]! + log[n - y]! - log[n]!;
      for (let both = Math.max(1, x + y - n); both <= Math.min(x, y); both++) {
        const ways = log[both]! + log[x - both]! + log[y - both]! + log[n - x - y + both]!;
        sum += (both / n) * Math.log((n * both) / (x * y)) * Math.exp(fixed - ways);
      }
    }
  }
  return sum;
}

function logFactorials(n: number): Float64Array {
  const log = new Float64Array(n + 1);
  for (let i = 2; i <= n; i++) log[i] = log[i - 1]! + Math.log(i);
  return log;
}
