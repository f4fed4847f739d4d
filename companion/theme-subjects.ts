import type { Subject } from './clusters/index.ts';
import type { Reader } from './store/index.ts';

interface MemoryRow {
  id: string;
  content: string;
  happened_at: number;
  tone: string | null;
  file: string | null;
  vector: Uint8Array | null;
}

interface LoopRow {
  id: string;
  title: string;
  context: string;
  touched_at: number;
  branch: string | null;
}

const MEMORIES = `SELECT memories.id, content, happened_at, tone, source ->> 'file' AS file, vector
  FROM memories LEFT JOIN memory_vectors ON memory_vectors.memory = memories.rowid`;
const LOOPS = `SELECT id, title, context, touched_at,
  (SELECT json_extract(data, '$.branch') FROM anchors WHERE loop = loops.id AND kind = 'branch' LIMIT 1) AS branch
  FROM loops`;
const OPEN = "status IN ('open', 'stale', 'deferred')";

/** What has a theme of its own: no mask's memory, nothing that was made from themes, nothing that Progeny answered. */
const THEMED = `mask IS NULL AND memories.kind <> 'dream'
  AND NOT (memories.written_by = 'companion' AND coalesce(memories.origin, '') GLOB 'answer_*')`;

/** Ids of the newest memories and open loops, at most `limit`, the newest first. */
export function newestSubjects(reader: Reader, limit: number): string[] {
  const sql = `SELECT id FROM (
      SELECT * FROM (SELECT id, happened_at AS at FROM memories WHERE ${THEMED} ORDER BY happened_at DESC, id LIMIT ?)
      UNION ALL
      SELECT * FROM (SELECT id, touched_at AS at FROM loops WHERE ${OPEN} ORDER BY touched_at DESC, id LIMIT ?))
    ORDER BY at DESC, id LIMIT ?`;
  return reader.all<{ id: string }>(sql, limit, limit, limit).map(({ id }) => id);
}

/** Those of these memories and open loops that there are, in this order. */
export function someSubjects(reader: Reader, ids: readonly string[]): Subject[] {
  const list = JSON.stringify(ids);
  const among = 'id IN (SELECT value FROM json_each(?))';
  const memories = reader.all<MemoryRow>(`${MEMORIES} WHERE ${THEMED} AND memories.${among}`, list);
  const loops = reader.all<LoopRow>(`${LOOPS} WHERE ${OPEN} AND ${among}`, list);
  const found = new Map([...memories.map(ofMemory), ...loops.map(ofLoop)].map((each) => [each.id, each]));
  return ids.flatMap((id) => found.get(id) ?? []);
}

function ofMemory({ id, content, happened_at: at, tone, file, vector }: MemoryRow): Subject {
  const slash = file?.lastIndexOf('/') ?? -1;
  const directory = file && slash > 0 ? file.slice(0, slash) : null;
  return {
    id,
    kind: 'memory',
    at,
    text: content,
    vector: vector && unit(vector),
    tone,
    branch: null,
    directory,
  };
}

function ofLoop({ id, title, context, touched_at: at, branch }: LoopRow): Subject {
  return {
    id,
    kind: 'loop',
    at,
    text: `${title}\n${context}`,
    vector: null,
    tone: null,
    branch,
    directory: null,
  };
}

function unit(blob: Uint8Array): Float32Array {
  const bytes = new Int8Array(blob.buffer, blob.byteOffset, blob.byteLength);
  const length = Math.sqrt(bytes.reduce((sum, byte) => sum + byte * byte, 0)) || 1;
  return Float32Array.from(bytes, (byte) => byte / length);
}
