import type { Reader, Transaction } from '../store/index.ts';
import type { ClusterChange } from './subject.ts';

/** So many changes are remembered; the oldest go first. */
const MOST = 2000;

export interface PastChange extends ClusterChange {
  readonly at: number;
}

export function appendHistory(tx: Transaction, changes: readonly ClusterChange[], now: number): void {
  const sql = 'INSERT INTO cluster_history (at, cluster, type, size, joined) VALUES (?, ?, ?, ?, ?)';
  let last = 0;
  for (const { cluster, type, size, joined } of changes)
    last = tx.run(sql, now, cluster, type, size, joined).lastId;
  tx.run('DELETE FROM cluster_history WHERE id <= ?', last - MOST);
}

/** What became of themes, newest first; of one theme, or of all. */
export function readHistory(reader: Reader, cluster: string | null, limit: number): PastChange[] {
  const sql = `SELECT at, cluster, type, size, joined FROM cluster_history
    WHERE ? IS NULL OR cluster = ? ORDER BY id DESC LIMIT ?`;
  return reader.all<PastChange>(sql, cluster, cluster, limit);
}
