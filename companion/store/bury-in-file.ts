import { bury, type Tombstone } from './burial.ts';
import { migrate } from './migrate.ts';
import { mindMigrations } from './migrations/index.ts';
import { SqliteFile } from './sqlite.ts';

/** Takes what was forgotten out of a mind's file that is not in use. False where that cannot be done. */
export function buryInFile(file: string, tombstones: readonly Tombstone[]): boolean {
  try {
    using db = new SqliteFile(file);
    migrate(db, mindMigrations);
    db.transaction('FULL', () => bury(db, tombstones));
    db.pragma('wal_checkpoint(TRUNCATE)');
    return true;
  } catch {
    return false;
  }
}
