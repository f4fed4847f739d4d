import type { Mind } from '../store/index.ts';
import { type MemoryRow, type MergedRow, SELECT_MEMORY, toRecord } from './rows.ts';

const PAGE = 500;
const ORDERS = {
  recorded: `${SELECT_MEMORY} WHERE memories.rowid > ? ORDER BY memories.rowid LIMIT ${PAGE}`,
  happened: `${SELECT_MEMORY} WHERE (memories.happened_at, memories.rowid) > (?, ?)
    ORDER BY memories.happened_at, memories.rowid LIMIT ${PAGE}`,
} as const;

/**
 * Every record with the `origin` that it is known by, a page at a time, so that neither the size of the memory
 * nor what is remembered meanwhile matters.
 */
export function* allRecords(
  mind: Mind,
  order: keyof typeof ORDERS,
): Generator<Readonly<Record<string, unknown>>> {
  for (let [at, rowid] = [-1, 0]; ; ) {
    const after = order === 'recorded' ? [rowid] : [at, rowid];
    const rows = mind.read((reader) => reader.all<MemoryRow>(ORDERS[order], ...after));
    for (const row of rows) {
      yield { ...toRecord(row), origin: row.origin };
      if (row.merged > 0) yield* mergedInto(mind, row);
    }
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    [at, rowid] = [last.happened_at, last.rowid];
  }
}

/** What was merged into a record, each as a record of its own: taken up again, they merge again. */
function mergedInto(mind: Mind, row: MemoryRow): Readonly<Record<string, unknown>>[] {
  const sql = 'SELECT * FROM memory_merged WHERE memory = ? ORDER BY recorded_at, id';
  const merged = mind.read((reader) => reader.all<MergedRow & { origin: string | null }>(sql, row.id));
  return merged.map((again) => ({
    ...toRecord({ ...row, ...again, merged: 0 }),
    origin: again.origin,
  }));
}
