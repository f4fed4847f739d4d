import type { Reader, Writer } from '../store/index.ts';
import type { Source } from './source.ts';

/** Turns of a conversation that rest on something private, and those that heard them. */
export const SHUT = `WITH RECURSIVE shut (turn) AS (
    SELECT turns.id FROM turns WHERE conversation = ? AND (turns.private = 1
      OR EXISTS (SELECT 1 FROM turn_sources JOIN loops ON loops.id = target
        WHERE turn_sources.turn = turns.id AND loops.private = 1)
      OR EXISTS (SELECT 1 FROM turn_sources JOIN memories ON memories.id = target OR memories.origin = target
        WHERE turn_sources.turn = turns.id AND memories.private = 1))
    UNION SELECT turn_sources.turn FROM shut JOIN turn_sources ON target = replace(shut.turn, 'turn_', 'answer_'))
  SELECT turn FROM shut`;

/** What became of the sources while the answer was written. */
export function stateOf(
  reader: Reader,
  sources: readonly Source[],
  rests: readonly string[],
): { forgotten: boolean; hidden: boolean } {
  const ids = JSON.stringify(rests);
  const any = (sql: string) =>
    reader.get(`${sql} IN (SELECT value FROM json_each(?)) LIMIT 1`, ids) !== undefined;
  return {
    forgotten: any('SELECT 1 FROM tombstones WHERE id'),
    hidden:
      sources.some((source) => source.private) ||
      any('SELECT 1 FROM memories WHERE private = 1 AND id') ||
      any('SELECT 1 FROM loops WHERE private = 1 AND id'),
  };
}

/** Ids of all whose words may be in a text with these sources, from one who heard those turns. */
export function restsOf(reader: Reader, sources: readonly Source[], heard: readonly string[]): string[] {
  return withRecords(reader, [...sources.flatMap((source) => source.rests), ...heard]);
}

/** What was kept of it while it was written. */
export function storedRests(reader: Reader, turn: string): string[] {
  const sql = 'SELECT target FROM turn_sources WHERE turn = ?';
  return reader.all<{ target: string }>(sql, turn).map(({ target }) => target);
}

export function writeRests(writer: Writer, turn: string, rests: readonly string[]): void {
  writer.run('DELETE FROM turn_sources WHERE turn = ?', turn);
  const sql = `INSERT OR IGNORE INTO turn_sources (turn, target) SELECT turns.id, value FROM turns, json_each(?)
    WHERE turns.id = ?`;
  writer.run(sql, JSON.stringify(rests), turn);
}

/** Those ids, and those of the records that mirror them. */
function withRecords(reader: Reader, ids: readonly string[]): string[] {
  const sql = 'SELECT id FROM memories WHERE origin IN (SELECT value FROM json_each(?))';
  const records = reader.all<{ id: string }>(sql, JSON.stringify(ids)).map(({ id }) => id);
  return [...new Set([...ids, ...records])];
}
