import { mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { isBusy, isCorruption, SqliteFile } from './sqlite.ts';

/**
 * One companion per data directory. The lock is an exclusive transaction on a small database: the operating
 * system drops it with the process, so that a crash leaves no stale lock and a reused pid cannot fool it.
 * Returns null when another process holds it.
 */
export function takeLock(dataDirectory: string): { release(): void } | null {
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
  const file = path.join(dataDirectory, 'companion.lock');
  for (let attempt = 0; ; attempt++) {
    try {
      const held = SqliteFile.exclusive(file);
      return { release: () => held.close() };
    } catch (error) {
      if (isBusy(error)) return null;
      if (!isCorruption(error) || attempt > 0) throw error;
      // Not a lock of ours: keep it beside and make a new one.
      renameSync(file, `${file}.set-aside`);
    }
  }
}
