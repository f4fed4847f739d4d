import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { nearestFolder } from './nearest-folder.ts';
import type { ImportedRecord } from './record.ts';

/**
 * The record with the workspace that it belongs to: the one that was asked for; else, of the known ones, the
 * innermost that holds the folder which it names, or its file. The name of its file is told from there; a file
 * outside of the workspace is told by its URI alone. An export's record stays as it is. Pure.
 */
export function placeRecord(
  record: ImportedRecord,
  asked: string | null,
  known: readonly string[],
): ImportedRecord {
  if (asked === null && record.kept) return record;
  const { file: _, ...source } = record.source;
  const file = record.source.file === undefined ? null : filePath(record.source.uri);
  const named = record.workspace ?? file;
  const workspace = asked ?? (named === null ? null : nearestFolder(known, named));
  if (file === null || workspace === null || record.kept) return { ...record, workspace };
  const inside = nearestFolder([workspace], file) !== null;
  const relative = path.relative(workspace, file).split(path.sep).join('/');
  return { ...record, workspace, source: inside ? { ...source, file: relative } : source };
}

function filePath(uri: string | undefined): string | null {
  return uri?.startsWith('file:') ? fileURLToPath(uri) : null;
}
