import { ProgenyError } from '../protocol/index.ts';
import type { Reader } from './sqlite.ts';

/** The id under which a mind knows a folder. Throws `not_found`. */
export function workspaceId(reader: Reader, path: string): string {
  const row = reader.get<{ id: string }>('SELECT id FROM workspaces WHERE path = ?', path);
  if (row) return row.id;
  throw new ProgenyError(
    'not_found',
    `The folder "${path}" is not known to Progeny. Open it first (\`progeny brief --workspace DIR\`).`,
  );
}

/** The folders that a mind knows. */
export function workspacePaths(reader: Reader): string[] {
  return reader.all<{ path: string }>('SELECT path FROM workspaces ORDER BY path').map(({ path }) => path);
}
