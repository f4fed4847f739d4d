import { UndirectedGraph } from 'graphology';
import louvainPackage from 'graphology-communities-louvain';
import type { Random } from '../kernel/index.ts';

// The package is CommonJS, whose default export is the function itself; its types say otherwise.
const louvain = louvainPackage as unknown as typeof louvainPackage.default;

export interface Edge {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
}

/** A fresh division must beat the one drawn to what was by this much modularity to be worth the change. */
const WORTH_IT = 0.01;

/**
 * Groups of rows that hold together more than chance would, by Louvain's method; the largest first. Of the many
 * divisions that are nearly as good, the method finds any one; so each row is drawn to the group it had in `before`, by
 * `pull` times what its edges weigh together. Only where a division without that is clearly better does it replace it.
 */
export function communities(
  rows: readonly number[],
  edges: readonly Edge[],
  random: Random,
  before: readonly ReadonlySet<number>[] = [],
  pull = 0,
): Set<number>[] {
  const graph = new UndirectedGraph();
  for (const row of rows) graph.addNode(row);
  for (const { from, to, weight } of edges) graph.mergeEdge(from, to, { weight });
  // The package cannot divide by the weight of no edge at all.
  if (graph.size === 0) return rows.map((row) => new Set([row]));
  const rng = () => random.next();
  const fresh = louvain.detailed(graph, { rng });
  if (before.length === 0) return grouped(fresh.communities);
  const drawn = louvain(anchored(graph, before, pull), { rng });
  const groups = Object.fromEntries(rows.map((row) => [row, drawn[row]!]));
  return grouped(fresh.modularity - modularity(graph, groups) > WORTH_IT ? fresh.communities : groups);
}

/** The graph with one more node for each group there was, tied to its members. */
function anchored(
  plain: UndirectedGraph,
  before: readonly ReadonlySet<number>[],
  pull: number,
): UndirectedGraph {
  const graph = plain.copy() as UndirectedGraph;
  for (const [i, members] of before.entries()) {
    graph.addNode(`anchor ${i}`);
    for (const row of members) graph.addEdge(`anchor ${i}`, row, { weight: pull * weightOf(plain, row) });
  }
  return graph;
}

/** How much more of the weight lies within groups than chance would put there (Newman 2004), from -0.5 to 1. */
function modularity(graph: UndirectedGraph, groups: Readonly<Record<string, number>>): number {
  let all = 0;
  let within = 0;
  const ends = new Map<number, number>();
  graph.forEachEdge((_, { weight }, from, to) => {
    const w = weight as number;
    all += w;
    if (groups[from] === groups[to]) within += w;
    for (const node of [from, to]) ends.set(groups[node]!, (ends.get(groups[node]!) ?? 0) + w);
  });
  const chance = [...ends.values()].reduce((sum, weight) => sum + (weight / (2 * all)) ** 2, 0);
  return within / all - chance;
}

function grouped(groupOf: Readonly<Record<string, number>>): Set<number>[] {
  const groups = new Map<number, Set<number>>();
  for (const [row, group] of Object.entries(groupOf)) {
    const members = groups.get(group) ?? new Set();
    groups.set(group, members.add(Number(row)));
  }
  return [...groups.values()].sort((a, b) => b.size - a.size || Math.min(...a) - Math.min(...b));
}

function weightOf(graph: UndirectedGraph, row: number): number {
  let sum = 0;
  graph.forEachEdge(row, (_, { weight }) => {
    sum += weight as number;
  });
  return sum;
}
