import type { MemoryRecord, MemorySource, MemoryTrace, WrittenBy } from '../protocol/index.ts';
import type { Reader } from '../store/index.ts';
import { lossOf } from './fading.ts';
import type { MergedRow } from './rows.ts';

/** How a record came to be what it is: what it took in, how much it fades. */
export function traceOf(reader: Reader, record: MemoryRecord, now: number): MemoryTrace {
  const merged = reader.all<MergedRow>(
    'SELECT * FROM memory_merged WHERE memory = ? ORDER BY recorded_at, id',
    record.id,
  );
  const vector = 'SELECT 1 FROM memory_vectors JOIN memories ON memories.rowid = memory WHERE id = ?';
  const seen = Math.max(record.recordedAt, record.lastAccessed ?? 0);
  return {
    record,
    merged: merged.map((row) => ({
      id: row.id,
      content: row.content,
      author: row.author,
      source: JSON.parse(row.source) as MemorySource,
      happenedAt: row.happened_at,
      recordedAt: row.recorded_at,
      writtenBy: row.written_by as WrittenBy,
    })),
    salienceNow: Math.max(0, record.salience - lossOf(now - seen)),
    embedded: reader.get(vector, record.id) !== undefined,
  };
}
