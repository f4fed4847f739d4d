import type { FateMeasures } from '../../../../companion/council/fate-measures.ts';

/** A comment whose fate was known at a date. */
export interface PastFate {
  /** The snapshot that it was open at. */
  readonly snapshot: number;
  readonly path: string;
  readonly author: string;
  readonly ageDays: number;
  readonly done: boolean;
}

type Rates = Pick<FateMeasures, 'doneHere' | 'doneLately' | 'doneAtAge' | 'doneByAuthor' | 'doneInFolder'>;

/** Fates that must be known before a share of them says anything. */
const LEAST = 10;
/** A part's share is drawn towards the whole's as if so many more were known that behave like the whole. */
const PULL = 5;

/** Shares of what was known; each part is drawn towards `doneHere`. Pure. */
export function ratesOf(past: readonly PastFate[], one: Omit<PastFate, 'done' | 'snapshot'>): Rates {
  if (past.length < LEAST) {
    return { doneHere: null, doneLately: null, doneAtAge: null, doneByAuthor: null, doneInFolder: null };
  }
  const done = (fates: readonly PastFate[]) => fates.filter((fate) => fate.done).length;
  const doneHere = done(past) / past.length;
  const share = (part: readonly PastFate[]) => (done(part) + PULL * doneHere) / (part.length + PULL);
  const newest = Math.max(...past.map(({ snapshot }) => snapshot));
  const folder = one.path.slice(0, one.path.lastIndexOf('/') + 1);
  return {
    doneHere,
    doneLately: share(past.filter(({ snapshot }) => snapshot === newest)),
    doneAtAge: share(past.filter(({ ageDays }) => ageDays >= one.ageDays / 2 && ageDays <= one.ageDays * 2)),
    doneByAuthor: share(past.filter(({ author }) => author === one.author)),
    doneInFolder: share(past.filter(({ path }) => path.startsWith(folder))),
  };
}
