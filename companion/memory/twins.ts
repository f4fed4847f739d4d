import type { Reader } from '../store/index.ts';
import { agree } from './agreement.ts';
import type { VectorStore } from './vector-store.ts';

/**
 * Vectors this near propose that two records say the same; whether they do is told by their words, which lets through
 * no pair that differs in a number, a name or a negation at whatever distance (docs/MEMORY.md).
 */
const NEARLY_SAME = 0.9;
/** So many of the nearest are looked at. */
const LOOKED_AT = 20;

interface Said {
  readonly rowid: number;
  readonly content: string;
}

/** Which of two records that say the same is looked for. */
export type Side = 'older' | 'newer';

/** Records of the same kind and place that say the same as this one in other words, the oldest first. */
export function findTwins(reader: Reader, vectors: VectorStore, record: number, side: Side): number[] {
  const vector = vectors.vectorOf(record);
  const own = reader.get<Said>(
    'SELECT rowid, content FROM memories WHERE rowid = ? AND same IS NOT NULL',
    record,
  );
  if (!vector || !own) return [];
  const near = vectors
    .nearest(vector, LOOKED_AT, null)
    .filter((rowid) => rowid !== record)
    .map((rowid) => ({ rowid }));
  const close = [...vectors.cosines(vector, near)].filter(([, cosine]) => cosine >= NEARLY_SAME);
  const sql = `SELECT other.rowid, other.content FROM memories AS own JOIN memories AS other
    ON other.rowid ${side === 'older' ? '<' : '>'} own.rowid AND other.kind = own.kind AND other.workspace IS own.workspace
      AND other.private = own.private AND other.about IS own.about AND other.mask IS own.mask
      AND other.valid_to IS own.valid_to AND other.same IS NOT NULL
    WHERE own.rowid = ? AND other.rowid IN (SELECT value FROM json_each(?)) ORDER BY other.rowid`;
  const rowids = JSON.stringify(close.map(([rowid]) => rowid));
  return reader
    .all<Said>(sql, record, rowids)
    .filter(({ content }) => agree(content, own.content))
    .map(({ rowid }) => rowid);
}
