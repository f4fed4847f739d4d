import { type Doors, ProgenyError } from '../protocol/index.ts';
import { Hub } from '../store/index.ts';

interface DoorsRow {
  mcp: number;
  confidential: number;
}

const CLOSED: Doors = { mcp: false, confidential: false };

/** Which folders are open to agents, and which to nobody. A folder that nobody spoke about is closed. */
export class WorkspaceDoors {
  readonly #hub: Hub;

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /** Of the folder with this path, as the store knows it. */
  of(path: string): Doors {
    const sql = 'SELECT mcp, confidential FROM doors WHERE workspace = ?';
    const row = this.#hub.read((reader) => reader.get<DoorsRow>(sql, Hub.workspaceId(path)));
    return row ? { mcp: row.mcp === 1, confidential: row.confidential === 1 } : CLOSED;
  }

  /** Paths of the folders that agents may see. */
  open(): string[] {
    const sql = `SELECT path FROM workspaces JOIN doors ON doors.workspace = workspaces.id
      WHERE doors.mcp = 1 AND doors.confidential = 0 ORDER BY path`;
    return this.#hub.read((reader) => reader.all<{ path: string }>(sql)).map(({ path }) => path);
  }

  /**
   * Changes what is given. To mark a folder confidential closes it. Throws `not_found`, and `conflict` where what is
   * confidential is to be opened.
   */
  set(path: string, change: { mcp?: boolean | undefined; confidential?: boolean | undefined }): Doors {
    const known = this.#hub.workspaceByPath(path);
    if (!known)
      throw new ProgenyError(
        'not_found',
        `The folder "${path}" is not known to Progeny. Open it first (\`progeny brief --workspace DIR\`).`,
      );
    const before = this.of(path);
    const confidential = change.confidential ?? before.confidential;
    if (confidential && change.mcp === true)
      throw new ProgenyError(
        'conflict',
        `"${path}" is confidential, so it stays closed to agents. \`progeny mcp confidential --off\` ends that.`,
      );
    const mcp = !confidential && (change.mcp ?? before.mcp);
    if (mcp !== before.mcp || confidential !== before.confidential) {
      const sql = 'INSERT OR REPLACE INTO doors (workspace, mcp, confidential) VALUES (?, ?, ?)';
      this.#hub.transact((tx) => tx.run(sql, known.id, mcp ? 1 : 0, confidential ? 1 : 0));
    }
    return { mcp, confidential };
  }
}
