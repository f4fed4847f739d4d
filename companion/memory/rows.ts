import type { MemoryKind, MemoryRecord, MemorySource } from '../protocol/index.ts';

/** A row of `memories` with the path of its workspace. */
export interface MemoryRow {
  rowid: number;
  id: string;
  path: string | null;
  kind: string;
  content: string;
  author: string | null;
  source: string;
  session: string | null;
  position: number | null;
  happened_at: number;
  recorded_at: number;
  salience: number;
  tags: string;
  pinned: number;
}

export const SELECT_MEMORY = `SELECT memories.*, workspaces.path
  FROM memories LEFT JOIN workspaces ON workspaces.id = memories.workspace`;

export function toRecord(row: MemoryRow): MemoryRecord {
  return {
    id: row.id,
    workspace: row.path,
    kind: row.kind as MemoryKind,
    content: row.content,
    author: row.author,
    source: JSON.parse(row.source) as MemorySource,
    session: row.session,
    position: row.position,
    happenedAt: row.happened_at,
    recordedAt: row.recorded_at,
    salience: row.salience,
    tags: JSON.parse(row.tags) as string[],
    pinned: row.pinned === 1,
  };
}
