const STEPS = 400;

/**
 * Where the rate of a record lies with nine chances in ten: the middle 90 % of Beta(2 + hits, 2 + misses), which is
 * what its votes are weighed by. Pure; by adding up the density, exact to a quarter of a percent.
 */
export function likelyRate({ hits, misses }: { hits: number; misses: number }): {
  low: number;
  high: number;
} {
  const [a, b] = [hits + 2, misses + 2];
  const peak = (a - 1) / (a + b - 2);
  // Relative to the peak, so that long records do not vanish in rounding.
  const density = (p: number) =>
    p <= 0 || p >= 1 ? 0 : Math.exp((a - 1) * Math.log(p / peak) + (b - 1) * Math.log((1 - p) / (1 - peak)));
  const parts = Array.from({ length: STEPS }, (_, i) => density((i + 0.5) / STEPS));
  const whole = parts.reduce((sum, part) => sum + part, 0);
  let sum = 0;
  let [low, high] = [0, 1];
  for (const [i, part] of parts.entries()) {
    const next = sum + part / whole;
    if (sum < 0.05 && next >= 0.05) low = (i + (0.05 - sum) / (part / whole)) / STEPS;
    if (sum < 0.95 && next >= 0.95) high = (i + (0.95 - sum) / (part / whole)) / STEPS;
    sum = next;
  }
  return { low, high };
}
