import type { Random } from '../kernel/index.ts';
import { type Centroid, merge } from './centroid.ts';
import { distinctiveTerms } from './names.ts';
import { Neighbourhood, type Scales } from './neighbourhood.ts';
import { refit } from './refit.ts';
import { Roster } from './roster.ts';
import type { ClusterChange, Subject } from './subject.ts';
import { termCounts } from './terms.ts';
import { sizeOf, type Theme } from './theme.ts';
import { TUNING, type Tuning } from './tuning.ts';

export interface ClustererOptions {
  readonly random: Random;
  /** Gives the id of a new theme. */
  newId(): string;
  readonly tuning?: Partial<Tuning>;
  readonly state?: ClustererState;
}

export interface ClusterState {
  readonly id: string;
  readonly name: readonly string[];
  readonly live: readonly string[];
  readonly retired: readonly string[];
  readonly centroid: Centroid | null;
}

/** Everything but the subjects themselves, as plain values. */
export interface ClustererState {
  readonly scales: Scales | null;
  readonly clusters: readonly ClusterState[];
}

interface Held {
  readonly row: number;
  readonly at: number;
}

/**
 * Recurring themes across subjects. A state machine without I/O: subjects come and go one by one, each for the price
 * of one neighbour query, and `refit` draws the themes anew, keeping their ids.
 */
export class Clusterer {
  readonly #tuning: Tuning;
  readonly #options: ClustererOptions;
  readonly #neighbourhood: Neighbourhood;
  readonly #roster: Roster;
  readonly #held = new Map<string, Held>();
  readonly #ids = new Map<number, string>();
  readonly #expected = new Map<string, Theme>();

  constructor(options: ClustererOptions) {
    this.#options = options;
    this.#tuning = { ...TUNING, ...options.tuning };
    this.#neighbourhood = new Neighbourhood(this.#tuning, options.state?.scales ?? undefined);
    this.#roster = new Roster(this.#neighbourhood, this.#tuning);
    for (const cluster of options.state?.clusters ?? []) this.#restore(cluster);
  }

  /** Subjects that are held one by one. */
  get live(): number {
    return this.#held.size;
  }

  /** The theme of a subject, held or retired; null for one without, or unknown. */
  clusterOf(id: string): string | null {
    const held = this.#held.get(id);
    if (held) return this.#roster.themeOf(held.row)?.id ?? null;
    return this.#retiredIn(id)?.id ?? null;
  }

  /**
   * Takes in a subject, or what became of one that it has. It joins the theme that fits it best, from the bar of joining
   * on (that of leaving for the theme which it has); or founds one with others that have none.
   */
  add(subject: Subject): ClusterChange[] {
    const sizes = this.#sizes();
    const before = this.clusterOf(subject.id);
    this.#takeOut(subject.id);
    const row = this.#place(subject);
    this.#settle(row, before);
    this.#dissolveSmall();
    this.#retire();
    return this.#changes(sizes);
  }

  /** Takes back a subject held before, with the theme that it had: for building up from a stored state. */
  place(subject: Subject): void {
    const row = this.#place(subject);
    const theme = this.#expected.get(subject.id);
    this.#expected.delete(subject.id);
    if (theme) this.#roster.join(row, theme);
  }

  /** After the last `place`: what was not placed is gone. */
  placed(): ClusterChange[] {
    const sizes = this.#sizes();
    const shrunk = new Set([...this.#expected.values()].map(({ id }) => id));
    this.#expected.clear();
    for (const theme of this.#roster.themes.values()) {
      this.#roster.represent(theme);
      this.#roster.measure(theme);
    }
    // What was just read needs no writing, but for what is missing.
    this.#roster.touched.clear();
    for (const id of shrunk) this.#roster.touched.add(id);
    this.#dissolveSmall();
    return this.#changes(sizes);
  }

  /** Forgets subjects: text, vector and what was derived from them, names and the centroids that have them included. */
  remove(ids: readonly string[]): ClusterChange[] {
    const sizes = this.#sizes();
    const touched = new Set(ids.flatMap((id) => this.#takeOut(id) ?? []));
    for (const theme of touched) this.#loosen(theme);
    this.#dissolveSmall();
    for (const theme of touched) {
      this.#name(theme);
      this.#roster.touched.add(theme.id);
    }
    return this.#changes(sizes);
  }

  /** Draws all themes anew. */
  refit(): ClusterChange[] {
    const sizes = this.#sizes();
    const before = new Map([...this.#held].map(([id, { row }]) => [id, this.#roster.themeOf(row)?.id]));
    for (const theme of this.#roster.themes.values()) this.#roster.represent(theme);
    this.#neighbourhood.refresh();
    const { random, newId } = this.#options;
    refit({ neighbourhood: this.#neighbourhood, roster: this.#roster, tuning: this.#tuning, random, newId });
    for (const theme of this.#roster.themes.values()) this.#name(theme);
    const joined = Map.groupBy(
      [...this.#held].filter(([id, { row }]) => this.#roster.themeOf(row)?.id !== before.get(id)),
      ([, { row }]) => this.#roster.themeOf(row)?.id,
    );
    return this.#changes(sizes, (id) => joined.get(id)?.length ?? 0);
  }

  /** Ids of themes that changed, gone ones included; whoever stores them clears it. */
  get touched(): Set<string> {
    return this.#roster.touched;
  }

  clusters(only?: ReadonlySet<string>): ClusterState[] {
    const themes = [...this.#roster.themes.values()].filter(({ id }) => only?.has(id) ?? true);
    return themes.map((theme) => ({
      id: theme.id,
      name: [...theme.name],
      live: [...theme.live.keys()].map((row) => this.#ids.get(row)!).sort(),
      retired: [...theme.retired].sort(),
      centroid: theme.centroid,
    }));
  }

  /** All that there is to store; of the themes, `only` these. */
  state(only?: ReadonlySet<string>): ClustererState {
    return { scales: this.#neighbourhood.scales, clusters: this.clusters(only) };
  }

  /** Makes the centroid of a theme anew from its retired members, after one of them was forgotten. */
  represent(cluster: string, retired: readonly Subject[]): void {
    const theme = this.#roster.themes.get(cluster);
    if (!theme) return;
    const parts = retired.filter(({ id }) => theme.retired.has(id));
    theme.centroid = parts.reduce<Centroid | null>(
      (sum, { vector, text }) => merge(sum, { count: 1, vector, terms: termCounts(text) }),
      null,
    );
    this.#roster.represent(theme);
  }

  #restore({ id, name, live, retired, centroid }: ClusterState): void {
    const theme = this.#roster.open(id);
    theme.name = name;
    theme.centroid = centroid;
    for (const member of retired) theme.retired.add(member);
    for (const member of live) this.#expected.set(member, theme);
  }

  #place(subject: Subject): number {
    const row = this.#neighbourhood.add({ ...subject, terms: termCounts(subject.text) });
    this.#held.set(subject.id, { row, at: subject.at });
    this.#ids.set(row, subject.id);
    return row;
  }

  /** Gives the theme that it was in. */
  #takeOut(id: string): Theme | null {
    const held = this.#held.get(id);
    if (!held) {
      const theme = this.#retiredIn(id);
      theme?.retired.delete(id);
      if (theme) this.#dropCentroid(theme);
      return theme;
    }
    const theme = this.#roster.themeOf(held.row);
    this.#letGo(id, held.row);
    return theme;
  }

  #letGo(id: string, row: number): void {
    this.#roster.leave(row);
    this.#neighbourhood.remove(row);
    this.#held.delete(id);
    this.#ids.delete(row);
  }

  #settle(row: number, before: string | null): void {
    const { join, leave } = this.#tuning;
    const scores = this.#roster.scores(row);
    if (before !== null && (scores.get(before) ?? 0) >= leave) {
      this.#roster.join(row, this.#roster.themes.get(before)!);
      return;
    }
    const [best] = [...scores].sort((a, b) => b[1] - a[1]);
    if (best && best[1] >= join) this.#roster.join(row, this.#roster.themes.get(best[0])!);
    else this.#found(row);
  }

  /** Three without a theme, each as near to each other as joining asks for, are one. */
  #found(row: number): void {
    const near = (a: number, b: number) => this.#neighbourhood.kinship(a, b) >= this.#tuning.join;
    const founders = [row];
    for (const { row: other } of this.#neighbourhood.nearest(row)) {
      if (!this.#ids.has(other) || this.#roster.themeOf(other)) continue;
      if (founders.every((founder) => near(founder, other))) founders.push(other);
    }
    if (founders.length < this.#tuning.smallest) return;
    const theme = this.#roster.open(this.#options.newId());
    for (const founder of founders) this.#roster.join(founder, theme);
    this.#roster.measure(theme);
    this.#name(theme);
  }

  /** Members that no longer fit leave. */
  #loosen(theme: Theme): void {
    this.#roster.measure(theme);
    for (const row of [...theme.live.keys()])
      if ((this.#roster.scores(row).get(theme.id) ?? 0) < this.#tuning.leave) this.#roster.leave(row);
  }

  #dissolveSmall(): void {
    for (const theme of [...this.#roster.themes.values()])
      if (!this.#roster.isTheme(theme)) this.#roster.close(theme);
  }

  /** The oldest make room; those with a theme live on in its centroid. */
  #retire(): void {
    while (this.#held.size > this.#tuning.mostLive) {
      const { id, row } = this.#oldest();
      const theme = this.#roster.themeOf(row);
      if (theme) {
        const { vector, terms } = this.#neighbourhood.sight(row);
        theme.centroid = merge(theme.centroid, { count: 1, vector, terms });
        theme.retired.add(id);
        this.#roster.touched.add(theme.id);
      }
      this.#letGo(id, row);
    }
  }

  #oldest(): { id: string; row: number } {
    let oldest = { id: '', row: -1, at: Number.POSITIVE_INFINITY };
    for (const [id, { row, at }] of this.#held) if (at < oldest.at) oldest = { id, row, at };
    return oldest;
  }

  #dropCentroid(theme: Theme): void {
    theme.centroid = null;
    this.#roster.represent(theme);
  }

  #retiredIn(id: string): Theme | null {
    for (const theme of this.#roster.themes.values()) if (theme.retired.has(id)) return theme;
    return null;
  }

  #name(theme: Theme): void {
    const members = [...theme.live.keys()].map((row) => this.#neighbourhood.sight(row).terms);
    theme.name = distinctiveTerms(members, this.#neighbourhood.vocabulary, this.#roster.themes.size + 1);
  }

  #sizes(): Map<string, number> {
    return new Map([...this.#roster.themes].map(([id, theme]) => [id, sizeOf(theme)]));
  }

  #changes(before: ReadonlyMap<string, number>, joined?: (id: string) => number): ClusterChange[] {
    const changes: ClusterChange[] = [];
    for (const id of before.keys())
      if (!this.#roster.themes.has(id)) changes.push({ type: 'dissolved', cluster: id, size: 0, joined: 0 });
    for (const [id, theme] of this.#roster.themes) {
      const size = sizeOf(theme);
      const was = before.get(id);
      if (was === undefined) changes.push({ type: 'formed', cluster: id, size, joined: size });
      else if (size > was)
        changes.push({ type: 'grew', cluster: id, size, joined: joined?.(id) ?? size - was });
    }
    return changes;
  }
}
