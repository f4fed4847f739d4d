import { CLOSED_DOORS, DOOR_NAMES, type DoorName, type Doors, ProgenyError } from '../protocol/index.ts';
import { Hub } from '../store/index.ts';

/** A door's column. */
const COLUMNS: Readonly<Record<keyof Doors, string>> = {
  mcp: 'mcp',
  chat: 'chat',
  editorModel: 'editor_model',
  remote: 'remote',
  confidential: 'confidential',
};
const FIELDS = Object.keys(COLUMNS) as readonly (keyof Doors)[];
/** A change of some doors; what is left out stays. */
export type DoorChange = { readonly [door in keyof Doors]?: boolean | undefined };

/** Which folders are open to what, and which to nothing. A folder that nobody spoke about is closed. */
export class WorkspaceDoors {
  readonly #hub: Hub;

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /** Of the folder with this path, as the store knows it. */
  of(path: string): Doors {
    const sql = `SELECT ${FIELDS.map((door) => `${COLUMNS[door]} AS ${door}`).join(', ')} FROM doors WHERE workspace = ?`;
    const row = this.#hub.read((reader) =>
      reader.get<Record<keyof Doors, number>>(sql, Hub.workspaceId(path)),
    );
    if (!row) return CLOSED_DOORS;
    return Object.fromEntries(FIELDS.map((door) => [door, row[door] === 1])) as unknown as Doors;
  }

  /** Whether this door of the folder is open: never that of a confidential one. */
  isOpen(path: string, door: DoorName): boolean {
    const { confidential, [door]: open } = this.of(path);
    return open && !confidential;
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
  set(path: string, change: DoorChange): Doors {
    const known = this.#hub.workspaceByPath(path);
    if (!known)
      throw new ProgenyError(
        'not_found',
        `The folder "${path}" is not known to Progeny. Open it first (\`progeny brief --workspace DIR\`).`,
      );
    const before = this.of(path);
    const confidential = change.confidential ?? before.confidential;
    if (confidential && DOOR_NAMES.some((door) => change[door] === true))
      throw new ProgenyError(
        'conflict',
        `"${path}" is confidential, so its doors stay closed. \`progeny mcp confidential --off\` ends that.`,
      );
    const after: Doors = { ...CLOSED_DOORS, confidential };
    for (const door of DOOR_NAMES) after[door] = !confidential && (change[door] ?? before[door]);
    if (FIELDS.some((door) => after[door] !== before[door])) {
      const columns = FIELDS.map((door) => COLUMNS[door]).join(', ');
      const sql = `INSERT OR REPLACE INTO doors (workspace, ${columns}) VALUES (?, ${FIELDS.map(() => '?').join(', ')})`;
      this.#hub.transact((tx) => tx.run(sql, known.id, ...FIELDS.map((door) => (after[door] ? 1 : 0))));
    }
    return after;
  }
}
