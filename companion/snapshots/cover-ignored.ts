import type { Stats } from 'node:fs';
import { type Facts, factsOf, unchanged } from './facts.ts';
import { standingAt } from './scan.ts';
import type { RawPath, SnapshotLimits, Uncovered } from './snapshot.ts';
import type { Seen, Vault } from './vault.ts';
import { listed, readable, update, writeTree } from './vault-index.ts';

const MOST_IGNORED = 20_000;

/** What the patterns of a work tree ignore, as far as it is covered. */
export interface CoveredIgnored {
  /** All that was looked at, covered or not. */
  readonly facts: ReadonlyMap<RawPath, Facts>;
  readonly chosen: ReadonlySet<RawPath>;
  readonly uncovered: readonly Uncovered[];
  readonly tree: string;
}

/** Keeps ignored files within the limits, those of the user's own index first, then the smallest. */
export async function coverIgnored(
  files: Iterable<RawPath>,
  options: {
    readonly vault: Vault;
    readonly seen: Seen;
    readonly limits: SnapshotLimits;
    /** How it was at the take before. */
    readonly before?: CoveredIgnored | undefined;
    readonly stamp: number;
    /** What the user's own index names, though a pattern ignores it: covered however large. */
    tracked(): Promise<readonly RawPath[]>;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<CoveredIgnored> {
  const { vault, seen, limits, before, stamp, signal } = options;
  const found = await standingAt(seen.root, files, signal);
  const uncovered: Uncovered[] = [];
  const chosen = new Set<RawPath>();
  const facts = new Map<RawPath, Facts>();
  const changed: RawPath[] = [];
  for (const file of await choose(found, options.tracked, limits, uncovered)) {
    const stats = found.get(file)!;
    const now = factsOf(stats, stamp);
    const same = before?.chosen.has(file) && unchanged(before.facts.get(file), now);
    if (!same && !readable(seen.root, file, stats)) {
      uncovered.push({ path: file, bytes: stats.size, why: 'unreadable' });
      continue;
    }
    chosen.add(file);
    if (!same) changed.push(file);
  }
  for (const [file, stats] of found) facts.set(file, factsOf(stats, stamp));
  const had = before ? [...before.chosen] : await listed(vault, seen, ['--cached'], signal);
  const gone = had.filter((file) => !chosen.has(file));
  await update(vault, seen, { changed, gone }, signal);
  const same = before && changed.length === 0 && gone.length === 0;
  return { facts, chosen, uncovered, tree: same ? before.tree : await writeTree(vault, seen, signal) };
}

async function choose(
  found: ReadonlyMap<RawPath, Stats>,
  trackedNames: () => Promise<readonly RawPath[]>,
  limits: SnapshotLimits,
  uncovered: Uncovered[],
): Promise<RawPath[]> {
  const sized = [...found].flatMap(([file, facts]) => {
    if (facts.isFile() || facts.isSymbolicLink()) return [{ file, size: facts.size }];
    uncovered.push({ path: file, bytes: 0, why: 'special' });
    return [];
  });
  const all = sized.reduce((sum, { size }) => sum + size, 0);
  const within = ({ size }: { size: number }) => size <= limits.ignoredFileBytes;
  if (all <= limits.ignoredBytes && sized.length <= MOST_IGNORED && sized.every(within))
    return sized.map(({ file }) => file);
  const tracked = new Set(await trackedNames());
  const chosen: RawPath[] = [];
  let bytes = 0;
  const own = ({ file }: { file: RawPath }) => Number(tracked.has(file));
  for (const { file, size } of sized.sort((a, b) => own(b) - own(a) || a.size - b.size)) {
    const why =
      size > limits.ignoredFileBytes
        ? 'large'
        : bytes + size > limits.ignoredBytes || chosen.length >= MOST_IGNORED
          ? 'too many'
          : null;
    if (why && !tracked.has(file)) {
      uncovered.push({ path: file, bytes: size, why });
      continue;
    }
    bytes += size;
    chosen.push(file);
  }
  return chosen;
}
