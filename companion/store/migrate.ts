import type { SqliteFile } from './sqlite.ts';

/**
 * Numbered and frozen: a migration that has shipped is never edited. Position in the list is its number.
 * Each runs in a transaction of its own together with the raise of `user_version`.
 */
export interface Migration {
  readonly name: string;
  readonly sql: string;
}

/** The file was written by a newer version of Progeny. */
export class NewerSchemaError extends Error {
  constructor(file: string, found: number, known: number) {
    super(
      `${file} has schema version ${found}, this version of Progeny knows ${known}. Update Progeny, or restore an older backup.`,
    );
    this.name = 'NewerSchemaError';
  }
}

/** Brings a file to the newest schema; returns the version it had before. */
export function migrate(db: SqliteFile, migrations: readonly Migration[]): number {
  const found = Number(db.pragma('user_version'));
  if (found > migrations.length) throw new NewerSchemaError(db.file, found, migrations.length);
  for (const [index, migration] of migrations.entries()) {
    if (index < found) continue;
    db.transaction('FULL', () => {
      db.script(migration.sql);
      db.script(`PRAGMA user_version = ${index + 1}`);
    });
  }
  return found;
}
