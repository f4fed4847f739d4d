import { mergeTallies, type Tally } from './tally.ts';

/** A piece of a tier that runs by itself. */
export type Job = () => Promise<Tally>;

/** Takes one of each in turn, so that all come to their ends at about the same time. Pure. */
export function interleaved<T>(queues: readonly (readonly T[])[]): T[] {
  const placed = queues.flatMap((queue) => queue.map((item, i) => ({ item, at: (i + 0.5) / queue.length })));
  return placed.sort((a, b) => a.at - b.at).map(({ item }) => item);
}

/** Runs jobs, so many at once, and gives one tally for each name among theirs; its time is from first to last. */
export async function runInLanes(jobs: readonly Job[], lanes: number): Promise<readonly Tally[]> {
  const done: { tally: Tally; began: number; ended: number }[] = [];
  const waiting = jobs.values();
  const lane = async () => {
    for (const job of waiting) {
      const began = Date.now();
      done.push({ tally: await job(), began, ended: Date.now() });
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return [...Map.groupBy(done, ({ tally }) => tally.name)].map(([name, parts]) => ({
    ...mergeTallies(
      name,
      parts.map(({ tally }) => tally),
    ),
    ms: Math.max(...parts.map(({ ended }) => ended)) - Math.min(...parts.map(({ began }) => began)),
  }));
}
