import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { migrate, NewerSchemaError } from '../../../companion/store/migrate.ts';
import { hubMigrations, mindMigrations } from '../../../companion/store/migrations/index.ts';
import { SqliteFile } from '../../../companion/store/sqlite.ts';
import { temporaryFolder } from '../../support/temporary.ts';

/** A migration that has shipped is never edited: its digest is written down here. */
const FROZEN: Readonly<Record<string, string>> = {
  'hub-001': '958a9888b8c451ef',
  'hub-002': 'e0de91c49befcd2d',
  'hub-003': '22cc373afa48037e',
  'hub-004': '1f7fca656f2bcee3',
  'mind-001': '69cc6a30ceaf11ea',
  'mind-002': '33727d471bcfdfc2',
  'mind-003': '86b453182a630458',
  'mind-004': '44d02f9f9afcaf73',
  'mind-005': '34ef493080319bb7',
  'mind-006': '9718dd6f88cb5ea5',
  'mind-007': '5fa39f792b8e812f',
  'mind-008': 'f7454418098ed153',
  'mind-009': 'dd00e6954a10104b',
  'mind-010': 'f1e09e443736543a',
};

describe('migrations', () => {
  for (const migration of [...hubMigrations, ...mindMigrations]) {
    it(`${migration.name} is as it was frozen`, () => {
      assert.equal(
        createHash('sha256').update(migration.sql).digest('hex').slice(0, 16),
        FROZEN[migration.name],
      );
    });
  }

  for (const [name, migrations] of [
    ['hub', hubMigrations],
    ['mind', mindMigrations],
  ] as const) {
    it(`${name}: from nothing to the newest, and again without a change`, () => {
      using folder = temporaryFolder();
      const db = new SqliteFile(path.join(folder.path, 'x.db'));
      assert.equal(migrate(db, migrations), 0);
      assert.equal(migrate(db, migrations), migrations.length);
      assert.equal(db.pragma('integrity_check'), 'ok');
      assert.deepEqual(db.all('PRAGMA foreign_key_check'), []);
      db.close();
    });
  }

  it('a file of a newer version is left alone', () => {
    using folder = temporaryFolder();
    const db = new SqliteFile(path.join(folder.path, 'x.db'));
    db.script('PRAGMA user_version = 99');
    assert.throws(() => migrate(db, mindMigrations), NewerSchemaError);
    db.close();
  });

  it('one that fails leaves the version before it', () => {
    using folder = temporaryFolder();
    const db = new SqliteFile(path.join(folder.path, 'x.db'));
    const broken = [
      { name: 'a', sql: 'CREATE TABLE a (x)' },
      { name: 'b', sql: 'CREATE TABLE b (x); CREATE TABLE a (x)' },
    ];
    assert.throws(() => migrate(db, broken), /already exists/);
    assert.equal(db.pragma('user_version'), 1);
    assert.deepEqual(db.all("SELECT name FROM sqlite_master WHERE name = 'b'"), []);
    db.close();
  });
});
