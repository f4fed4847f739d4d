export interface Run {
  readonly from: number;
  readonly count: number;
}

/** Gaps up to this are bridged: one longer upload costs less than two short ones. */
const BRIDGED = 32;

/** Indexes in any order as few runs that hold them all. */
export function runsOf(indexes: readonly number[]): Run[] {
  const runs: { from: number; count: number }[] = [];
  for (const index of [...indexes].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && index <= last.from + last.count + BRIDGED)
      last.count = Math.max(last.count, index - last.from + 1);
    else runs.push({ from: index, count: 1 });
  }
  return runs;
}
