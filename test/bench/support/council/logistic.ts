import {
  type FateMeasure,
  type FateMeasures,
  UNMEASURED,
} from '../../../../companion/council/fate-measures.ts';

/** A logistic regression on the logarithms of the measures, standardised; what was not measured counts as the mean. */
export interface Logistic {
  readonly intercept: number;
  readonly terms: readonly {
    readonly measure: FateMeasure;
    readonly mean: number;
    readonly deviation: number;
    readonly weight: number;
  }[];
}

interface Example {
  readonly measures: FateMeasures;
  readonly positive: boolean;
}

/** The penalty on squared weights, on the scale of the summed log-likelihood. */
const RIDGE = 10;
const STEPS = 25;

/** The log-odds of being done. Pure. */
export function logOdds({ intercept, terms }: Logistic, measures: FateMeasures): number {
  return terms.reduce(
    (sum, term) => sum + term.weight * standardised(measures[term.measure], term),
    intercept,
  );
}

/** Newton's method on the penalised likelihood. Measures that no example has are left out. Pure. */
export function fitLogistic(examples: readonly Example[]): Logistic {
  const scales = Object.keys(UNMEASURED).flatMap((name) => {
    const measure = name as FateMeasure;
    const known = examples.flatMap(({ measures }) => measures[measure] ?? []).map(Math.log1p);
    if (known.length === 0) return [];
    const mean = average(known);
    const deviation = Math.sqrt(average(known.map((n) => (n - mean) ** 2)));
    return deviation === 0 ? [] : [{ measure, mean, deviation }];
  });
  const rows = examples.map(({ measures }) => [
    1,
    ...scales.map((scale) => standardised(measures[scale.measure], scale)),
  ]);
  const size = scales.length + 1;
  let weights = new Array<number>(size).fill(0);
  for (let step = 0; step < STEPS; step++) {
    const gradient = weights.map((weight, i) => (i === 0 ? 0 : -RIDGE * weight));
    const curvature = weights.map((_, i) => weights.map((_, j) => (i !== j ? 0 : i === 0 ? 1e-9 : RIDGE)));
    for (const [n, row] of rows.entries()) {
      const p = 1 / (1 + Math.exp(-dot(row, weights)));
      const miss = (examples[n]!.positive ? 1 : 0) - p;
      for (let i = 0; i < size; i++) {
        gradient[i]! += miss * row[i]!;
        const bend = p * (1 - p) * row[i]!;
        for (let j = 0; j < size; j++) curvature[i]![j]! += bend * row[j]!;
      }
    }
    const step = solve(curvature, gradient);
    weights = weights.map((weight, i) => weight + step[i]!);
  }
  return { intercept: weights[0]!, terms: scales.map((scale, i) => ({ ...scale, weight: weights[i + 1]! })) };
}

function standardised(n: number | null, { mean, deviation }: { mean: number; deviation: number }): number {
  return n === null ? 0 : (Math.log1p(n) - mean) / deviation;
}

/** Gauss with partial pivots. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  for (let column = 0; column < rows.length; column++) {
    let pivot = column;
    for (let i = column + 1; i < rows.length; i++) {
      if (Math.abs(rows[i]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = i;
    }
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    for (let i = 0; i < rows.length; i++) {
      if (i === column) continue;
      const factor = rows[i]![column]! / rows[column]![column]!;
      for (let j = column; j <= rows.length; j++) rows[i]![j]! -= factor * rows[column]![j]!;
    }
  }
  return rows.map((row, i) => row[rows.length]! / row[i]!);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, n, i) => sum + n * b[i]!, 0);
}

function average(numbers: readonly number[]): number {
  return numbers.reduce((sum, n) => sum + n, 0) / numbers.length;
}
