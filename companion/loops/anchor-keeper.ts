import type * as anchoring from '../anchors/index.ts';
import type { Mind } from '../store/index.ts';
import type { AnchorRow } from './rows.ts';

export interface AnchorKeeperOptions {
  mind: Mind;
  follow: typeof anchoring.follow;
}

/** Where the keeper looks, in one workspace. */
export type AnchorSource = anchoring.FileSource;

/**
 * Keeps the line anchors that people made on their text: after files changed, each is looked up again, and
 * moves with its text or says that it lost it (systems.md, section 5).
 */
export class AnchorKeeper {
  readonly #options: AnchorKeeperOptions;

  constructor(options: AnchorKeeperOptions) {
    this.#options = options;
  }

  /** Files that hold anchors; a lost one may turn up in any file. */
  files(workspaceId: string): { files: Set<string>; lost: boolean } {
    const rows = this.#rows(workspaceId);
    return { files: new Set(rows.map((row) => row.file ?? '')), lost: rows.some((row) => row.lost === 1) };
  }

  /** Follows the anchors of the given files and all lost ones; null follows all. Returns how many changed. */
  async keep(workspaceId: string, files: ReadonlySet<string> | null, source: AnchorSource): Promise<number> {
    const rows = this.#rows(workspaceId).filter(
      (row) => files === null || row.lost === 1 || files.has(row.file ?? ''),
    );
    if (rows.length === 0) return 0;
    const anchors = rows.map((row) => JSON.parse(row.data) as anchoring.LineAnchor);
    const followed = await this.#options.follow(anchors, source);
    const changed = followed.flatMap((result, index) => {
      const row = rows[index] as AnchorRow;
      const data = JSON.stringify(result.anchor);
      return data === row.data ? [] : [{ row, result, data }];
    });
    if (changed.length === 0) return 0;
    this.#options.mind.transact((tx) => {
      for (const { row, result, data } of changed) {
        const { file, line, lost } = result.anchor;
        // Somebody else may have removed or moved the anchor meanwhile; then theirs counts.
        const sql = 'UPDATE anchors SET file = ?, line = ?, lost = ?, data = ? WHERE id = ? AND data = ?';
        const { changes } = tx.run(sql, file, line, lost ? 1 : 0, data, row.id, row.data);
        if (changes > 0)
          tx.emit({ type: `anchor.${result.outcome}`, subject: row.id, data: { loop: row.loop } });
      }
    });
    return changed.length;
  }

  /** Anchors that carry the text around them; those of scans are replaced by the next scan instead. */
  #rows(workspaceId: string): AnchorRow[] {
    const sql = `SELECT * FROM anchors WHERE workspace = ? AND kind = 'line' AND json_extract(data, '$.origin') IS NOT NULL`;
    return this.#options.mind.read((r) => r.all<AnchorRow>(sql, workspaceId));
  }
}
