import { type Random, seededRandom } from '../kernel/index.ts';
import { Clusterer, type ClustererState, type ClusterState } from './clusterer.ts';
import type { Scales } from './neighbourhood.ts';
import type { ClusterChange, Subject, SubjectKind } from './subject.ts';
import type { Tuning } from './tuning.ts';

/** All that a drawing anew is made from, as plain data, so that it may be done on a thread of its own. */
export interface Redrawing {
  readonly state: ClustererState;
  /** The newest, at most as many as are held one by one; in a fixed order. */
  readonly subjects: readonly Subject[];
  /** The same seed draws the same themes from the same state. */
  readonly seed: number;
  newId(random: Random): string;
  readonly tuning?: Partial<Tuning>;
}

/** What is different after themes were drawn anew, as plain data. */
export interface Redrawn {
  readonly scales: Scales | null;
  /** Themes that are new or not what they were. */
  readonly clusters: readonly ClusterState[];
  /** Ids of themes that are no more. */
  readonly gone: readonly string[];
  readonly changes: readonly ClusterChange[];
  /** How many themes there are. */
  readonly size: number;
  readonly kinds: ReadonlyMap<string, SubjectKind>;
}

/** Draws all themes anew from a stored state. Pure but for the ids that it asks for. */
export function redraw({ state, subjects, seed, newId, tuning }: Redrawing): Redrawn {
  const random = seededRandom(seed);
  const clusterer = new Clusterer({
    random,
    newId: () => newId(random),
    ...(tuning && { tuning }),
    state,
  });
  const retired = new Set(state.clusters.flatMap((cluster) => cluster.retired));
  for (const subject of subjects) if (!retired.has(subject.id)) clusterer.place(subject);
  const changes = [...clusterer.placed(), ...clusterer.refit()];
  const { scales, clusters } = clusterer.state();
  const before = new Map(state.clusters.map((cluster) => [cluster.id, fingerprint(cluster)]));
  const after = new Set(clusters.map(({ id }) => id));
  return {
    scales,
    clusters: clusters.filter((cluster) => before.get(cluster.id) !== fingerprint(cluster)),
    gone: [...before.keys()].filter((id) => !after.has(id)),
    changes,
    size: clusters.length,
    kinds: new Map(subjects.map(({ id, kind }) => [id, kind])),
  };
}

function fingerprint({ name, live, retired, centroid }: ClusterState): string {
  const centre = centroid && [centroid.count, [...centroid.terms], [...(centroid.vector ?? [])]];
  return JSON.stringify([name, live, retired, centre]);
}
