import type { Mind, Reader } from '../store/index.ts';

/** Whether a record of this id, or of this origin, was forgotten: an import or a restore must not bring it back. */
export function isForgotten(reader: Reader, mind: Mind, id: string, origin: string | null): boolean {
  if (reader.get('SELECT 1 FROM tombstones WHERE id = ?', id)) return true;
  if (origin === null) return false;
  return reader.get('SELECT 1 FROM tombstones WHERE origin = ?', mind.digest(origin)) !== undefined;
}
