import { UndirectedGraph } from 'graphology';
import louvainPackage from 'graphology-communities-louvain';
import { Clusterer, type Subject } from '../../companion/clusters/index.ts';
import { randomInt, seededRandom } from '../../companion/kernel/index.ts';
import { type LabelledSet, type LabelledText, readLabelled } from './support/labelled-texts.ts';
import { adjustedMutualInformation } from './support/mutual-information.ts';
import { percentile, rounded } from './support/statistics.ts';
import { sentenceVectors } from './support/vectors.ts';

const louvain = louvainPackage as unknown as typeof louvainPackage.default;

/** Numbers of the rules were chosen on Reuters; 20 Newsgroups are what they are measured on. */
const SETS: readonly (readonly [set: LabelledSet, items: number])[] = [
  ['20newsgroups-test', 3000],
  ['reuters-r52-test', 2568],
];
/** Subjects come one by one, with a refit after each so many. */
const DREAM = 500;
const ROUNDS = 50;
const CHURN = 0.05;
/** Of a set, the share that is there at a time while it is churned. */
const PRESENT = 0.8;
const BATCH_NEIGHBOURS = 15;
const BATCH_SEEDS = 5;
const AT_SUBJECTS = 5000;
const INSERTIONS = 500;

interface Item extends LabelledText {
  readonly subject: Subject;
}

/**
 * Themes against labels that people gave. `amiOurs`: subjects one by one, a refit after every 500 and after the last;
 * `amiBefore`: the last 500 only inserted; both with all that has no theme as one group. `amiLouvain`: Louvain in one
 * batch on the graph of the fifteen nearest by the same vectors, the mean of five seeds. `stableShare`: of the items
 * that are there before and after a round of 5 % leaving, 5 % coming and a refit, those whose theme has the same id;
 * `stableWorst` is the worst of fifty rounds. Insertions are measured with 5,000 subjects of both sets.
 */
export default async function clusters() {
  const sets = [];
  for (const [set, count] of SETS) sets.push({ set, items: await itemsOf(set, count) });
  const insertion = measureInsertions(sets.flatMap(({ items }) => items));
  return sets.flatMap(({ set, items }) =>
    (['minilm-int8', 'tf-idf'] as const).map((vectors) => {
      const used = vectors === 'tf-idf' ? items.map(withoutVector) : items;
      return {
        set,
        items: items.length,
        labels: new Set(items.map(({ label }) => label)).size,
        vectors,
        ...agreement(used),
        ...(vectors === 'tf-idf' ? {} : { amiLouvain: batchLouvain(items) }),
        ...stability(used),
        ...(vectors === 'tf-idf' ? {} : insertion),
      };
    }),
  );
}

async function itemsOf(set: LabelledSet, count: number): Promise<Item[]> {
  const texts = await readLabelled(set, count);
  const vectors = await sentenceVectors(texts.map(({ text }) => text));
  return texts.map(({ label, text }, i) => {
    const unknown = { tone: null, branch: null, directory: null };
    const subject = {
      id: `${set}/${i}`,
      kind: 'memory',
      at: i,
      text,
      vector: vectors[i]!,
      ...unknown,
    } as const;
    return { label, text, subject };
  });
}

function withoutVector(item: Item): Item {
  return { ...item, subject: { ...item.subject, vector: null } };
}

function newClusterer(): Clusterer {
  let ids = 0;
  return new Clusterer({ random: seededRandom(1), newId: () => `cluster_${++ids}` });
}

function agreement(items: readonly Item[]) {
  const clusterer = newClusterer();
  const labels = items.map(({ label }) => label);
  const themes = () => items.map(({ subject }) => clusterer.clusterOf(subject.id) ?? '');
  for (const [i, { subject }] of items.entries()) {
    clusterer.add(subject);
    if (i % DREAM === DREAM - 1 && i < items.length - DREAM) clusterer.refit();
  }
  const before = adjustedMutualInformation(labels, themes());
  clusterer.refit();
  const found = themes();
  return {
    amiOurs: rounded(adjustedMutualInformation(labels, found), 3),
    amiBefore: rounded(before, 3),
    themes: clusterer.clusters().length,
    withoutTheme: rounded(found.filter((id) => id === '').length / found.length, 3),
  };
}

function batchLouvain(items: readonly Item[]): number {
  const graph = new UndirectedGraph();
  for (const i of items.keys()) graph.addNode(i);
  for (const [i, { subject }] of items.entries()) {
    const cosines = items.map((other, j) => ({ j, cosine: dot(subject.vector!, other.subject.vector!) }));
    cosines.sort((a, b) => b.cosine - a.cosine);
    const nearest = cosines.filter(({ j, cosine }) => j !== i && cosine > 0).slice(0, BATCH_NEIGHBOURS);
    for (const { j, cosine } of nearest) graph.mergeEdge(i, j, { weight: cosine });
  }
  let sum = 0;
  for (let seed = 1; seed <= BATCH_SEEDS; seed++) {
    const random = seededRandom(seed);
    const groups = louvain(graph, { rng: () => random.next() });
    sum += adjustedMutualInformation(
      items.map(({ label }) => label),
      items.map((_, i) => String(groups[i])),
    );
  }
  return rounded(sum / BATCH_SEEDS, 3);
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function stability(items: readonly Item[]) {
  const random = seededRandom(2);
  const clusterer = newClusterer();
  const present = items.slice(0, PRESENT * items.length).map(({ subject }) => subject);
  const away = items.slice(present.length).map(({ subject }) => subject);
  const leaving = Math.floor(CHURN * present.length);
  for (const subject of present) clusterer.add(subject);
  clusterer.refit();
  const shares = Array.from({ length: ROUNDS }, () => {
    const gone = Array.from({ length: leaving }, () => take(present, randomInt(random, present.length)));
    const before = new Map(present.map(({ id }) => [id, clusterer.clusterOf(id)]));
    clusterer.remove(gone.map(({ id }) => id));
    for (let i = 0; i < leaving; i++) {
      const subject = take(away, randomInt(random, away.length));
      clusterer.add(subject);
      present.push(subject);
    }
    away.push(...gone);
    clusterer.refit();
    return [...before].filter(([id, theme]) => clusterer.clusterOf(id) === theme).length / before.size;
  });
  return {
    stableShare: rounded(shares.reduce((sum, share) => sum + share, 0) / ROUNDS, 3),
    stableWorst: rounded(Math.min(...shares), 3),
  };
}

function take<T>(list: T[], at: number): T {
  return list.splice(at, 1)[0]!;
}

function measureInsertions(items: readonly Item[]) {
  const clusterer = newClusterer();
  for (const [i, { subject }] of items.slice(0, AT_SUBJECTS).entries()) {
    clusterer.add(subject);
    if (i % DREAM === DREAM - 1) clusterer.refit();
  }
  const times: number[] = [];
  for (let i = 0; i < INSERTIONS; i++) {
    const { subject } = items[AT_SUBJECTS + (i % (items.length - AT_SUBJECTS))]!;
    const began = performance.now();
    clusterer.add({ ...subject, id: `insertion ${i}`, at: i + items.length });
    times.push(performance.now() - began);
  }
  return { insertP50ms: rounded(percentile(times, 50), 2), insertP95ms: rounded(percentile(times, 95), 2) };
}
