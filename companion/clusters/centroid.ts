import type { TermCounts } from './terms.ts';

/** A centroid keeps its most frequent terms; the rest hardly move a cosine. */
const MOST_TERMS = 200;

/** What stands for members that are no longer held one by one. Derived from content: it goes when that goes. */
export interface Centroid {
  /** How many members it stands for. */
  readonly count: number;
  /** Of unit length; null when none of them had one. */
  readonly vector: Float32Array | null;
  /** How often each term stands in one of them, on the mean. */
  readonly terms: TermCounts;
}

/** The centroid of the members of both. Pure. */
export function merge(a: Centroid | null, b: Centroid | null): Centroid | null {
  if (a === null || b === null) return a ?? b;
  const count = a.count + b.count;
  const terms = new Map<string, number>();
  for (const part of [a, b])
    for (const [term, weight] of part.terms)
      terms.set(term, (terms.get(term) ?? 0) + (weight * part.count) / count);
  return { count, vector: mean(a, b), terms: mostFrequent(terms) };
}

// The length of a mean is not kept: as every member counts alike, a later one turns its direction by 1 / count.
function mean(a: Centroid, b: Centroid): Float32Array | null {
  if (a.vector === null || b.vector === null) return a.vector ?? b.vector;
  return unit(a.vector.map((value, i) => value * a.count + b.vector![i]! * b.count));
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0)) || 1;
  return vector.map((value) => value / length);
}

function mostFrequent(terms: Map<string, number>): TermCounts {
  if (terms.size <= MOST_TERMS) return terms;
  return new Map([...terms].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST_TERMS));
}
