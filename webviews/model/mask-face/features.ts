/** How many forms each feature has. */
export const FORMS = 8;
const PAIRS = 12;

/** What of a face comes from the id alone: its colours, and a form of each feature (0-7). */
export interface Features {
  readonly pair: number;
  readonly crest: number;
  readonly sides: number;
  readonly split: number;
  readonly brow: number;
  readonly cheeks: number;
  readonly mouth: number;
}

/**
 * The features of an id. Five are free; the sixth makes the sum of all six a multiple of eight, as a check digit does.
 * So two faces of the same colours that are not the same differ in two features at least. 393,216 faces.
 */
export function featuresOf(id: string): Features {
  const next = digits(id);
  const pair = next(PAIRS);
  const [crest, sides, split, brow, cheeks] = [
    next(FORMS),
    next(FORMS),
    next(FORMS),
    next(FORMS),
    next(FORMS),
  ];
  const sum = crest + sides + split + brow + cheeks;
  return { pair, crest, sides, split, brow, cheeks, mouth: (FORMS - (sum % FORMS)) % FORMS };
}

/** Even digits from an id: FNV-1a, then the finaliser of MurmurHash3 for each digit. */
function digits(id: string): (below: number) => number {
  let seed = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) seed = Math.imul(seed ^ id.charCodeAt(i), 0x01000193);
  return (below) => {
    seed = (seed + 0x9e3779b9) | 0;
    let h = seed;
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    h ^= h >>> 16;
    return Math.floor(((h >>> 0) / 2 ** 32) * below);
  };
}
