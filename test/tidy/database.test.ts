import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Migration, migrate } from '../../companion/store/migrate.ts';
import { hubMigrations, mindMigrations } from '../../companion/store/migrations/index.ts';
import { SqliteFile } from '../../companion/store/sqlite.ts';
import { temporaryFolder } from '../support/temporary.ts';

interface Schema {
  tables: Set<string>;
  /** Tables, indices and triggers. */
  names: string[];
}

/** What a new database of ours has, without what SQLite and FTS5 keep for themselves. */
function schemaOf(migrations: readonly Migration[]): Schema {
  using folder = temporaryFolder();
  using db = new SqliteFile(path.join(folder.path, 'x.db'));
  migrate(db, migrations);
  const shadows = new Set(
    db
      .all<{ name: string }>("SELECT name FROM pragma_table_list WHERE type = 'shadow'")
      .map((row) => row.name),
  );
  const ours = db
    .all<{ type: string; name: string }>(
      "SELECT type, name FROM sqlite_master WHERE name NOT GLOB 'sqlite_*'",
    )
    .filter(({ name }) => !shadows.has(name));
  const tables = ours.filter(({ type }) => type === 'table').map(({ name }) => name);
  return { tables: new Set(tables), names: ours.map(({ name }) => name) };
}

/** The part of the guide under the heading of that level-two title. */
function chapter(title: string): string {
  const chapters = readFileSync('docs/database.md', 'utf8').split(/^## /m);
  const found = chapters.filter((text) => text.startsWith(`${title}\n`));
  assert.equal(found.length, 1, `docs/database.md has one chapter "${title}"`);
  return found[0] as string;
}

function inBackticks(text: string): string[] {
  return [...text.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] as string);
}

describe('docs/database.md', () => {
  for (const [title, migrations] of [
    ['hub.db', hubMigrations],
    ['mind.db', mindMigrations],
  ] as const) {
    it(`[F10] names every table, index and trigger of ${title}, and heads no table that is not there`, () => {
      const { tables, names } = schemaOf(migrations);
      const text = chapter(title);
      const named = new Set(inBackticks(text));
      assert.deepEqual(
        names.filter((name) => !named.has(name)),
        [],
        'is not named',
      );
      const headings = [...text.matchAll(/^### (.*)$/gm)].flatMap((match) => inBackticks(match[1] as string));
      assert.deepEqual(
        headings.filter((name) => !tables.has(name)),
        [],
        'is no table',
      );
    });
  }
});
