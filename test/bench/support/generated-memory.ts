import path from 'node:path';
import type { Embedding } from '../../../companion/embedding/index.ts';
import { type Random, randomInt } from '../../../companion/kernel/index.ts';

/** Words of the generated language; they are as unevenly common as those of a real one. */
const VOCABULARY = 30_000;
/** As the sentence model of the tests has them. */
export const MODEL = { digest: 'generated', dimensions: 384, tokenDimensions: 64 };

export const mindIn = (folder: string) => path.join(folder, 'actors', 'creator', 'mind.db');

/** So many words, from as many on as `least` says, and fewer than `least + range`. */
export function words(random: Random, least: number, range: number): string[] {
  return Array.from({ length: least + randomInt(random, range) }, () => word(random));
}

/** What a model would make of a text of so many pieces, with numbers out of the air. */
export function embedding(random: Random, pieces: number): Embedding {
  const bytes = (length: number, most: number) =>
    Int8Array.from({ length }, () => Math.round((random.next() * 2 - 1) * most));
  return {
    vector: bytes(MODEL.dimensions, 11),
    tokens: bytes(MODEL.tokenDimensions * pieces, 27),
    pieces: [],
  };
}

/** A pronounceable word; the nth most common is drawn in proportion to 1/n. */
function word(random: Random): string {
  let n = Math.floor(VOCABULARY ** random.next());
  let text = '';
  do {
    text += 'bdfgklmnprstvz'[n % 14]! + 'aeiou'[Math.floor(n / 14) % 5]!;
    n = Math.floor(n / 70);
  } while (n > 0);
  return `${text}x`;
}
