import { existsSync, mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { SUSPECT } from './suspicion.ts';

/**
 * Moves a database with its journal files out of the way, into `<data>/set-aside/<time>/`, where nothing
 * reads it back. Synchronous, so that nobody sees the moment between two files. Returns the folder.
 */
export function setAside(dataDirectory: string, file: string, now: number): string {
  const folder = path.join(dataDirectory, 'set-aside', String(now));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const suffix of ['', '-wal', '-shm', '-journal', SUSPECT]) {
    if (existsSync(file + suffix)) renameSync(file + suffix, path.join(folder, path.basename(file) + suffix));
  }
  return folder;
}
