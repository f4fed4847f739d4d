import { keyOf, tokensOf } from './line-text.ts';

/** What two texts are compared by; made once for the text that is compared with many. */
export interface Profile {
  readonly key: string;
  readonly pairs: ReadonlyMap<string, number>;
  readonly tokens: ReadonlyMap<string, number>;
  readonly pairWeight: number;
  readonly tokenWeight: number;
}

export function profileOf(text: string): Profile {
  const key = keyOf(text);
  const pairs = new Map<string, number>();
  // The ends count as characters, so that a line of one character has pairs too.
  const padded = `\n${key.toLowerCase()}\n`;
  for (let i = 0; i + 1 < padded.length; i++) add(pairs, padded.slice(i, i + 2));
  const tokens = new Map<string, number>();
  for (const token of tokensOf(text.replace(/[,;]+$/, ''))) add(tokens, token);
  let tokenWeight = 0;
  for (const [token, count] of tokens) tokenWeight += weigh(token) * count;
  return { key, pairs, tokens, pairWeight: padded.length - 1, tokenWeight };
}

/**
 * How alike two lines are, 0 to 1: the mean of two Dice coefficients, over character pairs (an identifier that
 * grew a letter stays alike) and over tokens weighted by length (shared brackets alone mean little).
 */
export function similarity(a: Profile, b: Profile): number {
  if (a.key === b.key) return 1;
  if (a.key === '' || b.key === '') return 0;
  const pairs = (2 * shared(a.pairs, b.pairs, () => 1)) / (a.pairWeight + b.pairWeight);
  const tokens = (2 * shared(a.tokens, b.tokens, weigh)) / (a.tokenWeight + b.tokenWeight || 1);
  return (pairs + tokens) / 2;
}

function weigh(token: string): number {
  return Math.min(token.length, 12);
}

function add(bag: Map<string, number>, item: string): void {
  bag.set(item, (bag.get(item) ?? 0) + 1);
}

function shared(
  a: ReadonlyMap<string, number>,
  b: ReadonlyMap<string, number>,
  weight: (item: string) => number,
): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [item, count] of small) {
    const other = large.get(item);
    if (other !== undefined) sum += Math.min(count, other) * weight(item);
  }
  return sum;
}
