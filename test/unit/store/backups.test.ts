import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../../../companion/store/index.ts';
import { mindFile } from '../../../companion/store/places.ts';
import { SqliteFile } from '../../../companion/store/sqlite.ts';
import { copyDatabase } from '../../../companion/store/start-worker.ts';
import { addLoop, openStore } from '../../support/store.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const CANARY = 'canary-of-the-backups';
const CREATOR = mindFile('creator');

const holds = (file: string) => readFileSync(file).includes(CANARY);

function forget({ mind }: Store): void {
  mind.transact((tx) => {
    tx.run('DELETE FROM loops WHERE title = ?', CANARY);
    tx.emit({ type: 'loop.forgotten', subject: 'loop_canary' });
  });
  mind.emptyLog();
}

describe('backups', () => {
  it('a backup holds each change that others make meanwhile whole or not at all', async () => {
    using folder = temporaryFolder();
    const store = await openStore(folder.path);
    let pairs = 0;
    const addPair = () => {
      pairs++;
      store.mind.transact((tx) => {
        for (const half of ['a', 'b']) {
          const id = `loop_${pairs}${half}`;
          tx.run("INSERT OR IGNORE INTO workspaces (id, path, opened_at) VALUES ('ws', '/test', 0)");
          tx.run(
            `INSERT INTO loops (id, workspace, key, title, context, source, status, priority, private, facts, evidence, rank, created_at, touched_at)
             VALUES (?, 'ws', ?, ?, '', 'manual', 'open', 'normal', 0, '{}', '[]', 0.5, 0, 0)`,
            id,
            id,
            'a title that fills pages '.repeat(40),
          );
          tx.emit({ type: 'loop.opened', subject: id });
        }
      });
    };
    while (pairs < 500) addPair();
    let done = false;
    const backup = store.backup('manual').finally(() => {
      done = true;
    });
    while (!done) {
      addPair();
      await sleep(1);
    }
    const { id } = await backup;
    using copy = new SqliteFile(path.join(folder.path, 'backups', id, CREATOR), { readonly: true });
    const loops = copy.get<{ n: number }>('SELECT count(*) AS n FROM loops')?.n ?? 0;
    assert.ok(loops >= 1_000 && loops % 2 === 0, `${loops} loops`);
    assert.ok(pairs > 500);
    store.close();
  });

  it('[M4] what is forgotten after the copy was made is not in the backup: it is made again', async () => {
    using folder = temporaryFolder();
    const store = await openStore(folder.path);
    addLoop(store, 'loop_canary', CANARY);
    addLoop(store, 'loop_other');
    let copies = 0;
    const copy = async (building: string) => {
      const target = path.join(building, 'mind.db');
      await copyDatabase(store.mind.file, target);
      if (++copies === 1) {
        assert.ok(holds(target));
        forget(store);
      }
    };
    const { id } = await store.backups.create('manual', 1_700_000_000_000, copy, () => store.mind.removals);
    assert.equal(copies, 2);
    assert.ok(!holds(path.join(folder.path, 'backups', id, 'mind.db')));
    store.close();
  });

  it('[M4] whenever it is forgotten while a backup is made, the backup does not have it', async () => {
    for (let wait = 0; wait <= 240; wait += 40) {
      using folder = temporaryFolder();
      const store = await openStore(folder.path);
      addLoop(store, 'loop_canary', CANARY);
      let done = false;
      const making = store.backup('manual').finally(() => {
        done = true;
      });
      await sleep(wait);
      const late = done;
      forget(store);
      const { id } = await making;
      assert.equal(holds(path.join(folder.path, 'backups', id, CREATOR)), late, `after ${wait} ms`);
      store.close();
    }
  });

  it('what a killed process left half-made is gone with the next start', async () => {
    using folder = temporaryFolder();
    const half = path.join(folder.path, 'backups', '.building-1700000000000-daily');
    mkdirSync(half, { recursive: true });
    writeFileSync(path.join(half, 'hub.db'), CANARY);
    const store = await openStore(folder.path);
    assert.deepEqual(readdirSync(path.join(folder.path, 'backups')), []);
    assert.deepEqual(await store.backups.list(), []);
    store.close();
  });

  it('a restore that is asked for while a backup is made waits for it', async () => {
    using folder = temporaryFolder();
    const store = await openStore(folder.path);
    addLoop(store, 'loop_before');
    const first = await store.backup('manual');
    addLoop(store, 'loop_after');
    const [second] = await Promise.all([store.backup('manual'), store.restore(first.id)]);
    assert.deepEqual(
      store.mind.read((reader) => reader.all('SELECT id FROM loops')),
      [{ id: 'loop_before' }],
    );
    assert.ok(existsSync(path.join(folder.path, 'backups', second.id, CREATOR)));
    assert.equal(await store.findDamage(), null);
    store.close();
  });

  it('a copy that cannot be made is told, and leaves nothing half-made', async () => {
    using folder = temporaryFolder();
    const store = await openStore(folder.path);
    const copy = async (building: string) => {
      await copyDatabase(path.join(folder.path, 'nothing.db'), path.join(building, 'mind.db'));
    };
    await assert.rejects(
      store.backups.create('manual', 1_700_000_000_000, copy, () => 0),
      /nothing\.db could not be copied: .*unable to open/,
    );
    assert.deepEqual(readdirSync(path.join(folder.path, 'backups')), []);
    store.close();
  });
});
