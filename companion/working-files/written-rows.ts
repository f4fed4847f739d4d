import type { Reader, Writer } from '../store/index.ts';

// Rows of `working_files`: the digest of what was last written, and of an edit whose changes are in the store
// while the file itself is still to be written again. Both go with their workspace.

export function writtenDigest(reader: Reader, workspaceId: string, name: string): string | null {
  return digestOf(reader, workspaceId, name);
}

export function appliedDigest(reader: Reader, workspaceId: string, name: string): string | null {
  return digestOf(reader, workspaceId, applied(name));
}

/** Says that a file was written; what was applied from it before is settled by that. */
export function recordWritten(
  writer: Writer,
  workspaceId: string,
  name: string,
  digest: string,
  now: number,
): void {
  upsert(writer, workspaceId, name, digest, now);
  writer.run('DELETE FROM working_files WHERE workspace = ? AND name = ?', workspaceId, applied(name));
}

/** Says that the changes of an edit are in the store, in the transaction that makes them. */
export function recordApplied(
  writer: Writer,
  workspaceId: string,
  name: string,
  digest: string,
  now: number,
): void {
  upsert(writer, workspaceId, applied(name), digest, now);
}

function digestOf(reader: Reader, workspaceId: string, name: string): string | null {
  const sql = 'SELECT digest FROM working_files WHERE workspace = ? AND name = ?';
  return reader.get<{ digest: string }>(sql, workspaceId, name)?.digest ?? null;
}

function upsert(writer: Writer, workspaceId: string, name: string, digest: string, now: number): void {
  const sql =
    'INSERT OR REPLACE INTO working_files (workspace, name, digest, written_at) VALUES (?, ?, ?, ?)';
  writer.run(sql, workspaceId, name, digest, now);
}

function applied(name: string): string {
  return `${name} (applied)`;
}
