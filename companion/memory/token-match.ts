/** The query as its pieces, each with its unit vector in bytes and its weight. */
export interface QueryTokens {
  readonly vectors: Int8Array;
  readonly weights: readonly number[];
  readonly dimensions: number;
}

/**
 * How well a record's tokens match: for each piece of the query its best match among them, weighted (late
 * interaction, as in ColBERT: Khattab and Zaharia 2020). About 0 to 1. Pure.
 */
export function matchTokens({ vectors, weights, dimensions }: QueryTokens, tokens: Int8Array): number {
  const count = tokens.length / dimensions;
  let total = 0;
  let weighed = 0;
  for (const [piece, weight] of weights.entries()) {
    if (weight === 0) continue;
    let best = -Infinity;
    for (let t = 0; t < count; t++) best = Math.max(best, dot(vectors, piece, tokens, t, dimensions));
    weighed += weight;
    if (count > 0) total += weight * best;
  }
  return weighed === 0 ? 0 : total / weighed / (127 * 127);
}

/**
 * What each piece of a query weighs: as much as its word is rare among so many records; nothing where it is
 * none of `words`. All the same where none is. Pure.
 */
export function pieceWeights(
  pieces: readonly string[],
  words: readonly string[],
  frequency: (word: string) => number,
  records: number,
): number[] {
  const telling = new Map(words.map((word) => [plain(word), rarity(frequency(word), records)]));
  const weights = wordsOf(pieces).map((word) => telling.get(word) ?? 0);
  return weights.some((weight) => weight > 0) ? weights : weights.map(() => 1);
}

/** For each piece the whole word that it is part of: "##" begins what continues one. */
function wordsOf(pieces: readonly string[]): string[] {
  const words: string[] = [];
  const owner = pieces.map((piece) => {
    if (piece.startsWith('##') && words.length > 0) words[words.length - 1] += piece.slice(2);
    else words.push(piece);
    return words.length - 1;
  });
  return owner.map((index) => words[index]!);
}

/** As BM25 weighs a term. */
function rarity(found: number, records: number): number {
  return Math.log(1 + (Math.max(0, records - found) + 0.5) / (found + 0.5));
}

/** Without its accents, as the tokenizer has it. */
function plain(word: string): string {
  return word.normalize('NFD').replace(/\p{Mn}/gu, '');
}

function dot(a: Int8Array, i: number, b: Int8Array, j: number, dimensions: number): number {
  let total = 0;
  for (let d = 0, x = i * dimensions, y = j * dimensions; d < dimensions; d++, x++, y++)
    total += a[x]! * b[y]!;
  return total;
}
