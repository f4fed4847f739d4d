import type { RowDraft, RowKind } from './records.ts';
import type { SystemSample } from './system-sample.ts';

/** A figure is recorded when it has moved this much since its last row, and at least every `ANYWAY_MS`. */
const STEPS = { cpu: 20, memory: 5, battery: 5 } as const;
/** Free disk is recorded when it has moved by this share, because 100 MB matter only where little is left. */
const DISK_SHARE = 0.1;
const ANYWAY_MS = 60 * 60_000;

/** What was last recorded of each figure. */
export type LoadState = ReadonlyMap<RowKind, { readonly n: number; readonly at: number }>;

/** The rows that a sample is worth: a quiet machine adds almost none. Pure. */
export function loadRows(state: LoadState, sample: SystemSample): { state: LoadState; rows: RowDraft[] } {
  const figures: [RowKind, number | null, (n: number) => number][] = [
    ['cpu', sample.cpu, () => STEPS.cpu],
    ['memory', sample.memory, () => STEPS.memory],
    ['battery', sample.battery, () => STEPS.battery],
    ['disk_workspace', sample.diskWorkspace, (n) => n * DISK_SHARE],
    ['disk_data', sample.diskData, (n) => n * DISK_SHARE],
  ];
  const next = new Map(state);
  const rows: RowDraft[] = [];
  for (const [kind, n, step] of figures) {
    const last = state.get(kind);
    if (n === null) continue;
    if (last && Math.abs(n - last.n) < step(last.n) && sample.at - last.at < ANYWAY_MS) continue;
    next.set(kind, { n, at: sample.at });
    rows.push({ at: sample.at, kind, file: null, branch: null, n });
  }
  return { state: next, rows };
}
