import type { Grant, WheelCapability } from '../protocol/index.ts';
import type { Reader, Writer } from '../store/index.ts';

interface GrantRow {
  id: string;
  path: string;
  capability: string;
  paths: string;
  argv: string | null;
  silence: number;
  created_at: number;
  expires_at: number;
  revoked_at: number | null;
  uses: number;
}

const ROWS =
  'SELECT grants.*, workspaces.path FROM grants JOIN workspaces ON workspaces.id = grants.workspace';

/** Leave that was given, the newest first. `workspace`: the folder with exactly this path. */
export function readGrants(reader: Reader, workspace?: string): Grant[] {
  const newest = 'ORDER BY grants.created_at DESC, grants.id DESC';
  const rows =
    workspace === undefined
      ? reader.all<GrantRow>(`${ROWS} ${newest}`)
      : reader.all<GrantRow>(`${ROWS} WHERE workspaces.path = ? ${newest}`, workspace);
  return rows.map(toGrant);
}

export function readGrant(reader: Reader, id: string): Grant | null {
  const row = reader.get<GrantRow>(`${ROWS} WHERE grants.id = ?`, id);
  return row ? toGrant(row) : null;
}

export function writeGrant(writer: Writer, workspaceId: string, grant: Grant): void {
  writer.run(
    `INSERT INTO grants (id, workspace, capability, paths, argv, silence, created_at, expires_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    grant.id,
    workspaceId,
    grant.capability,
    JSON.stringify(grant.paths),
    grant.argv === null ? null : JSON.stringify(grant.argv),
    grant.silence ? 1 : 0,
    grant.createdAt,
    grant.expiresAt,
  );
}

function toGrant(row: GrantRow): Grant {
  return {
    id: row.id,
    capability: row.capability as WheelCapability,
    workspace: row.path,
    paths: JSON.parse(row.paths) as string[],
    argv: row.argv === null ? null : (JSON.parse(row.argv) as string[]),
    silence: row.silence === 1,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    uses: row.uses,
  };
}
