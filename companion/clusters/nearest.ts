export interface Neighbour {
  readonly row: number;
  /** The bare cosine. */
  readonly cosine: number;
  /** The cosine on its scale, with priors. */
  readonly kinship: number;
}

/**
 * The nearest neighbours of one subject, nearest first, kept true while others come and go: what it holds are always
 * its very nearest, though fewer of them after some have gone, until it is filled again.
 */
export class NearestList {
  readonly #most: number;
  #items: Neighbour[] = [];
  #bar = Number.NEGATIVE_INFINITY;
  /** Once it was full: some that are further away than the last may have been passed over. */
  #cut = false;

  constructor(most: number) {
    this.#most = most;
  }

  get items(): readonly Neighbour[] {
    return this.#items;
  }

  /** Below this kinship, `offer` takes nothing in. */
  get bar(): number {
    return this.#bar;
  }

  /** Whether it ran short of what others know to be there. */
  shorterThan(count: number): boolean {
    return this.#cut && this.#items.length < count;
  }

  /** Forgets all; everybody there is must be offered again. */
  empty(): void {
    this.#items = [];
    this.#cut = false;
    this.#raiseBar();
  }

  /** Takes in one that was not there before, where it is near enough. */
  offer(row: number, cosine: number, kinship: number): void {
    const items = this.#items;
    if (this.#cut && (items.length === 0 || !before(kinship, row, items.at(-1)!))) return;
    let at = items.length;
    while (at > 0 && before(kinship, row, items[at - 1]!)) at--;
    items.splice(at, 0, { row, cosine, kinship });
    if (items.length > this.#most) items.pop();
    if (items.length === this.#most) this.#cut = true;
    this.#raiseBar();
  }

  drop(row: number): void {
    const at = this.#items.findIndex((item) => item.row === row);
    if (at < 0) return;
    this.#items.splice(at, 1);
    this.#raiseBar();
  }

  /** Says each kinship anew, after the scale has changed. */
  rate(kinship: (neighbour: Neighbour) => number): void {
    this.#items = this.#items.map((item) => ({ ...item, kinship: kinship(item) })).sort(nearestFirst);
    this.#raiseBar();
  }

  // Kept at hand, as each newcomer asks thousands of lists for it.
  #raiseBar(): void {
    const last = this.#items.at(-1)?.kinship ?? Number.POSITIVE_INFINITY;
    this.#bar = this.#cut ? last : Number.NEGATIVE_INFINITY;
  }
}

function before(kinship: number, row: number, other: Neighbour): boolean {
  return kinship > other.kinship || (kinship === other.kinship && row < other.row);
}

function nearestFirst(a: Neighbour, b: Neighbour): number {
  return b.kinship - a.kinship || a.row - b.row;
}
