import { type Reader, SqliteFile } from './sqlite.ts';

/** A database file for reading only, for a thread of its own; sees what others commit as they do. */
export function openReader(file: string): Reader & Disposable {
  return new SqliteFile(file, { readonly: true, watched: true });
}
