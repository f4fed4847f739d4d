/** The z of a two-sided interval of 95 %. */
const Z = 1.96;

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Wilson's 95 % interval of a share, `hits` of `of`; all of [0, 1] for no trials. */
export function wilson(hits: number, of: number): Interval {
  if (of === 0) return { low: 0, high: 1 };
  const share = hits / of;
  const centre = share + (Z * Z) / (2 * of);
  const spread = Z * Math.sqrt((share * (1 - share)) / of + (Z * Z) / (4 * of * of));
  const scale = 1 + (Z * Z) / of;
  return { low: (centre - spread) / scale, high: (centre + spread) / scale };
}

/** The value below which the share `q` of `values` lies, between neighbours by proportion. NaN for none. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * q;
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  if (below === undefined || above === undefined) return Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

/** The t of the mean of `values` against `expected`; 0 for fewer than two, infinite where all are alike. */
export function tOfMean(values: readonly number[], expected: number): number {
  const n = values.length;
  if (n < 2) return 0;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  const apart = mean - expected;
  return variance === 0 ? Math.sign(apart) * Number.POSITIVE_INFINITY || 0 : apart / Math.sqrt(variance / n);
}

/**
 * Fisher's exact test, one-sided: how likely at least `both` of the `a` draws are among the `b` marked ones of `all`
 * by chance (tail of the hypergeometric distribution).
 */
export function fisherTail(both: number, a: number, b: number, all: number): number {
  const whole = logChoose(all, a);
  let tail = 0;
  for (let k = both; k <= Math.min(a, b); k++)
    if (a - k <= all - b) tail += Math.exp(logChoose(b, k) + logChoose(all - b, a - k) - whole);
  return Math.min(1, tail);
}

const logFactorials = [0, 0];

function logFactorial(n: number): number {
  for (let k = logFactorials.length; k <= n; k++) logFactorials.push(logFactorials[k - 1]! + Math.log(k));
  return logFactorials[n]!;
}

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}
