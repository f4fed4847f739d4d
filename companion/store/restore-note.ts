import type { Hub } from './hub.ts';

/**
 * Notes in the hub that another file is about to take the place of a mind, before it does: what its audit log said last
 * stays known, and why it says less then. `backup` is null where it is begun anew. The audit log settles it.
 */
export function noteRestore(hub: Hub, actor: string, at: number, backup: string | null): void {
  hub.transact((tx) => {
    const head = tx.get<{ rows: number; hash: string }>(
      'SELECT rows, hash FROM audit_heads WHERE actor = ?',
      actor,
    );
    if (!head) return;
    const sql = `INSERT INTO audit_turns (actor, at, kind, backup, rows_before, hash_before)
      VALUES (?, ?, 'restored', ?, ?, ?)`;
    tx.run(sql, actor, at, backup, head.rows, head.hash);
  });
}
