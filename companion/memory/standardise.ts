/** The standard deviation; 0 for fewer than two. Pure. */
export function deviation(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  return Math.sqrt(values.reduce((total, value) => total + (value - mean) ** 2, 0) / values.length);
}

/**
 * How many deviations each value stands above the lowest; one that is not known stands where the mean does. All 0
 * where all are the same. Pure.
 */
export function aboveLowest(values: readonly (number | null)[]): number[] {
  const known = values.filter((value) => value !== null);
  const unit = deviation(known);
  if (unit < 1e-9) return values.map(() => 0);
  const lowest = known.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const mean = known.reduce((total, value) => total + value, 0) / known.length;
  return values.map((value) => ((value ?? mean) - lowest) / unit);
}
