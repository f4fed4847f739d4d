import type { Applied } from './apply.ts';
import type { SyncedFile } from './names.ts';

export interface Told {
  file: string;
  /** In words, whole sentences. */
  message: string;
}

/** What one sync did. */
export interface SyncReport {
  written: SyncedFile[];
  applied: Applied[];
  /** Edits that were refused, wholly or in the part that is named. Their text is kept. */
  rejected: Told[];
  /** What an author should know of an edit that was applied. */
  notes: Told[];
  /** Files whose edit is not judged yet: somebody may still be writing. */
  waiting: SyncedFile[];
  /** What could not be read or written now; it is tried again with the next sync. */
  failed: Told[];
}

export function emptyReport(): SyncReport {
  return { written: [], applied: [], rejected: [], notes: [], waiting: [], failed: [] };
}

/** Says it once, however often it is found in one sync. */
export function tell(list: Told[], file: string, message: string): void {
  if (!list.some((told) => told.file === file && told.message === message)) list.push({ file, message });
}
