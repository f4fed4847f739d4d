import { ProgenyError } from '../protocol/index.ts';
import type { Reader } from '../store/index.ts';

/** What was forgotten since it was gathered must not be written down again. Throws `conflict`. */
export function checkKnown(reader: Reader, sources: readonly string[]): void {
  const sql = 'SELECT 1 FROM tombstones WHERE id IN (SELECT value FROM json_each(?)) LIMIT 1';
  if (reader.get(sql, JSON.stringify(sources))) throw forgottenMeanwhile();
}

export function forgottenMeanwhile(): ProgenyError {
  return new ProgenyError(
    'conflict',
    'Something that this rests on was forgotten in the meantime. Ask again.',
  );
}
