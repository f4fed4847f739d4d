import { type Clock, newId, type Random } from '../kernel/index.ts';
import type { Mind, Reader, Transaction } from '../store/index.ts';
import { Clusterer, type ClustererState, type ClusterState } from './clusterer.ts';
import { readState, retiredKinds, tellChanges, writeCluster, writeScales } from './rows.ts';
import type { ClusterChange, Subject, SubjectKind } from './subject.ts';
import { TUNING, type Tuning } from './tuning.ts';

export interface ClusterKeeperOptions {
  readonly mind: Mind;
  readonly clock: Clock;
  readonly random: Random;
  /** Ids of the newest subjects, at most `limit`, in the order in which they are to be taken up. */
  newest(reader: Reader, limit: number): string[];
  /** Those of these subjects that there are, in this order. */
  some(reader: Reader, ids: readonly string[]): Subject[];
  /** Lets others have their turn. */
  pause(): Promise<void>;
  readonly tuning?: Partial<Tuning>;
}

/** So many subjects are read without a pause while a stored state is taken up; each is placed after one. */
const READ_AT_ONCE = 50;

/** Keeps the themes of one mind: each change is stored with its events in one transaction. */
export class ClusterKeeper {
  readonly #options: ClusterKeeperOptions;
  readonly #kinds = new Map<string, SubjectKind>();
  #clusterer: Clusterer;
  /** What happened and is not stored yet, since the disk was in trouble. */
  #unsaved: ClusterChange[] = [];

  private constructor(options: ClusterKeeperOptions, clusterer: Clusterer) {
    this.#options = options;
    this.#clusterer = clusterer;
  }

  /** Takes up what is stored, in pieces with a pause after each, as thousands of subjects take seconds. */
  static async open(options: ClusterKeeperOptions): Promise<ClusterKeeper> {
    const keeper = new ClusterKeeper(options, newClusterer(options));
    await keeper.reload();
    return keeper;
  }

  /** The theme of a subject; null for none. */
  clusterOf(subject: string): string | null {
    return this.#clusterer.clusterOf(subject);
  }

  clusters(): ClusterState[] {
    return this.#clusterer.clusters();
  }

  /** A new subject, or what became of one. Throws `read_only`; what happened is then stored with the next change. */
  add(subject: Subject): ClusterChange[] {
    this.#kinds.set(subject.id, subject.kind);
    return this.#keep(this.#clusterer.add(subject));
  }

  /**
   * Forgets subjects inside the transaction that forgets them, before or after their rows go: their memberships, and
   * the names and centroids that were derived from them too. A theme that falls below three members dissolves. When
   * `tx` is rolled back, `reload`.
   */
  forgetSubjects(tx: Transaction, ids: readonly string[]): ClusterChange[] {
    const changes = this.#clusterer.remove(ids);
    for (const { id, retired, centroid } of this.#clusterer.clusters())
      if (retired.length > 0 && centroid === null)
        this.#clusterer.represent(id, this.#options.some(tx, retired));
    for (const id of ids) this.#kinds.delete(id);
    this.#write(tx, changes);
    this.#clusterer.touched.clear();
    return changes;
  }

  /** Takes up again what is stored. */
  async reload(): Promise<void> {
    const { mind, newest, pause, tuning } = this.#options;
    const state = mind.read(readState);
    const clusterer = newClusterer(this.#options, state);
    const kinds = mind.read(retiredKinds);
    const ids = mind.read((reader) => newest(reader, tuning?.mostLive ?? TUNING.mostLive));
    for (let i = 0; i < ids.length; i += READ_AT_ONCE) {
      const piece = ids.slice(i, i + READ_AT_ONCE);
      for (const subject of mind.read((reader) => this.#options.some(reader, piece))) {
        await pause();
        if (!kinds.has(subject.id)) clusterer.place(subject);
        this.#kinds.set(subject.id, subject.kind);
      }
    }
    for (const [id, kind] of kinds) this.#kinds.set(id, kind);
    this.#clusterer = clusterer;
    this.#keep(clusterer.placed());
  }

  #keep(changes: readonly ClusterChange[]): ClusterChange[] {
    this.#unsaved.push(...changes);
    if (this.#clusterer.touched.size === 0) return [...changes];
    this.#options.mind.transact((tx) => this.#write(tx, this.#unsaved));
    this.#clusterer.touched.clear();
    this.#unsaved = [];
    return [...changes];
  }

  #write(tx: Transaction, changes: readonly ClusterChange[]): void {
    const now = this.#options.clock.now();
    const { scales, clusters } = this.#clusterer.state(this.#clusterer.touched);
    if (scales) writeScales(tx, scales);
    const there = new Set(clusters.map(({ id }) => id));
    for (const id of this.#clusterer.touched)
      if (!there.has(id)) tx.run('DELETE FROM clusters WHERE id = ?', id);
    for (const cluster of clusters) writeCluster(tx, cluster, (id) => this.#kinds.get(id) ?? 'mask', now);
    tellChanges(tx, changes, clusters, now);
  }
}

function newClusterer({ clock, random, tuning }: ClusterKeeperOptions, state?: ClustererState): Clusterer {
  return new Clusterer({
    random,
    newId: () => newId('cluster', clock.now(), random),
    ...(tuning && { tuning }),
    ...(state && { state }),
  });
}
