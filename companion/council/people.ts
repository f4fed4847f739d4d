import type { TrackRecord } from '../protocol/index.ts';
import type { Reader } from '../store/index.ts';
import { trackRecord } from './track-record.ts';

/** How the decisions of the person whose mind this is were borne out: they are scored like votes. */
export function readPerson(reader: Reader): TrackRecord {
  const sql = `SELECT observed_at IS NULL AS waits, kind, decided, borne_out FROM proposals WHERE decided IS NOT NULL`;
  const rows = reader.all<{ waits: number; kind: string; decided: string; borne_out: string | null }>(sql);
  const of = { hits: 0, misses: 0, waiting: 0 };
  for (const { waits, kind, decided, borne_out } of rows) {
    const right = JSON.parse(borne_out ?? '[]') as string[];
    // To a free question the person's own decision is the outcome, and says nothing of the person.
    if (waits === 1) of.waiting++;
    else if (kind !== 'question' && right.length > 0) of[right.includes(decided) ? 'hits' : 'misses']++;
  }
  return trackRecord(of);
}
