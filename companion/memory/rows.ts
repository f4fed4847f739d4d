import type { MemoryKind, MemoryRecord, MemorySource, Tone, WrittenBy } from '../protocol/index.ts';

/** A row of `memories` with the path of its workspace. */
export interface MemoryRow {
  rowid: number;
  id: string;
  origin: string | null;
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
  written_by: string;
  private: number;
  tone: string | null;
  about: string | null;
  valid_from: number | null;
  valid_to: number | null;
  closed_by: string | null;
  last_accessed: number | null;
  access_count: number;
  archived_at: number | null;
  merged: number;
  /** As JSON. */
  links: string;
}

/** A row of `memory_merged`: the same, said again. */
export interface MergedRow {
  id: string;
  content: string;
  author: string | null;
  source: string;
  happened_at: number;
  recorded_at: number;
  written_by: string;
}

export const SELECT_MEMORY = `SELECT memories.*, workspaces.path,
  (SELECT count(*) FROM memory_merged WHERE memory_merged.memory = memories.id) AS merged,
  (SELECT json_group_array(json_object('kind', kind, 'target', target)) FROM
    (SELECT kind, target FROM memory_links WHERE memory_links.memory = memories.id ORDER BY kind, target)) AS links
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
    links: JSON.parse(row.links) as MemoryRecord['links'],
    pinned: row.pinned === 1,
    writtenBy: row.written_by as WrittenBy,
    private: row.private === 1,
    tone: row.tone as Tone | null,
    about: row.about,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    closedBy: row.closed_by,
    lastAccessed: row.last_accessed,
    accessCount: row.access_count,
    archivedAt: row.archived_at,
    merged: row.merged,
  };
}
