import type { Neighbourhood } from './neighbourhood.ts';
import { bonds, ownBond, relativeBond, type Standing, usualBond } from './score.ts';
import { emptyTheme, sizeOf, type Theme } from './theme.ts';
import type { Tuning } from './tuning.ts';

/** Who belongs to which theme, and how well each fits: the book-keeping between neighbourhood and rules. */
export class Roster {
  readonly themes = new Map<string, Theme>();
  /** Ids of themes that changed; whoever stores them clears it. */
  readonly touched = new Set<string>();
  readonly #themeOf = new Map<number, Theme>();
  readonly #centroids = new Map<number, Theme>();
  readonly #neighbourhood: Neighbourhood;
  readonly #tuning: Tuning;

  constructor(neighbourhood: Neighbourhood, tuning: Tuning) {
    this.#neighbourhood = neighbourhood;
    this.#tuning = tuning;
  }

  themeOf(row: number): Theme | null {
    return this.#themeOf.get(row) ?? null;
  }

  open(id: string): Theme {
    const theme = emptyTheme(id);
    this.themes.set(id, theme);
    this.touched.add(id);
    return theme;
  }

  join(row: number, theme: Theme): void {
    this.leave(row);
    this.touched.add(theme.id);
    theme.live.set(row, 0);
    this.#themeOf.set(row, theme);
    theme.live.set(row, this.#bonds(row).get(theme.id) ?? 0);
  }

  leave(row: number): void {
    const theme = this.#themeOf.get(row);
    if (!theme) return;
    this.touched.add(theme.id);
    theme.live.delete(row);
    this.#themeOf.delete(row);
  }

  /** Ends a theme. Its members stay, without one; its centroid goes. */
  close(theme: Theme): void {
    for (const row of [...theme.live.keys()]) this.leave(row);
    this.#standDown(theme);
    this.themes.delete(theme.id);
    this.touched.add(theme.id);
  }

  /** What each theme scores for a row. Join and leave are measured by this. */
  scores(row: number): Map<string, number> {
    const own = ownBond(this.#neighbourhood.nearest(row), this.#tuning);
    const scores = new Map<string, number>();
    for (const [id, bond] of this.#bonds(row))
      scores.set(
        id,
        relativeBond(bond, usualBond([...this.themes.get(id)!.live.values()], this.#tuning), own),
      );
    return scores;
  }

  /** Measures the bonds of a theme's members anew. */
  measure(theme: Theme): void {
    for (const row of theme.live.keys()) theme.live.set(row, this.#bonds(row).get(theme.id) ?? 0);
  }

  isTheme(theme: Theme): boolean {
    return sizeOf(theme) >= this.#tuning.smallest;
  }

  #bonds(row: number): Map<string, number> {
    return bonds(this.#neighbourhood.nearest(row), (other) => this.#standing(other), this.#tuning);
  }

  #standing(row: number): Standing | null {
    const theme = this.#themeOf.get(row);
    if (theme) return { theme: theme.id, voices: 1 };
    const represented = this.#centroids.get(row);
    return represented ? { theme: represented.id, voices: represented.retired.size } : null;
  }

  /** Compares the centroid of a theme as it is now; takes it out of what is compared when there is none. */
  represent(theme: Theme): void {
    this.#standDown(theme);
    if (theme.centroid === null) return;
    const { vector, terms } = theme.centroid;
    const row = this.#neighbourhood.add({ vector, terms, tone: null, branch: null, directory: null });
    theme.centroidRow = row;
    this.#centroids.set(row, theme);
  }

  #standDown(theme: Theme): void {
    if (theme.centroidRow === null) return;
    this.#centroids.delete(theme.centroidRow);
    this.#neighbourhood.remove(theme.centroidRow);
    theme.centroidRow = null;
  }

  /** The theme that the centroid under `row` stands for. */
  centroidOf(row: number): Theme | null {
    return this.#centroids.get(row) ?? null;
  }
}
