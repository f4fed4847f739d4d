import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { VirtualClock } from '../../../companion/kernel/index.ts';
import type { Store } from '../../../companion/store/index.ts';
import { eventually } from '../../support/companion.ts';
import { addLoop, damagePage, openStore } from '../../support/store.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const mindFile = (folder: string) => path.join(folder, 'actors', 'creator', 'mind.db');
const HOUR = 3_600_000;
const loopsOf = ({ mind }: Store) =>
  mind.read((r) => r.all<{ id: string }>('SELECT id FROM loops ORDER BY id').map(({ id }) => id));

/** Leaves a closed store that has forgotten `loop_forgotten`, which its only backup has beside `loop_kept`. */
async function forgetAfterBackup(folder: string): Promise<void> {
  const store = await openStore(folder);
  addLoop(store, 'loop_forgotten');
  addLoop(store, 'loop_kept');
  await store.backup('manual');
  const tombstones = [{ id: 'loop_forgotten', origin: null, at: 1 }];
  store.hub.addTombstones('creator', tombstones);
  store.mind.bury(tombstones);
  store.close();
}

describe('store', () => {
  it('a change and its events commit together or not at all', async () => {
    using folder = temporaryFolder();
    const store = await openStore(folder.path);
    assert.throws(() =>
      store.mind.transact((tx) => {
        tx.run("INSERT INTO workspaces (id, path, opened_at) VALUES ('ws_1', '/one', 0)");
        tx.emit({ type: 'workspace.registered', subject: 'ws_1' });
        throw new Error('no');
      }),
    );
    assert.deepEqual(
      store.mind.read((r) => r.all('SELECT id FROM workspaces')),
      [],
    );
    assert.equal(store.mind.seq, 0);
    store.close();
  });

  it('refuses a change of state that tells no event', async () => {
    using folder = temporaryFolder();
    const store = await openStore(folder.path);
    assert.throws(
      () =>
        store.mind.transact((tx) =>
          tx.run("INSERT INTO workspaces (id, path, opened_at) VALUES ('ws_1', '/one', 0)"),
        ),
      /without an event/,
    );
    assert.deepEqual(
      store.mind.read((r) => r.all('SELECT id FROM workspaces')),
      [],
    );
    store.close();
  });

  it('a follower gets what was there, then what comes, once and in order, and ends with its signal', async () => {
    using folder = temporaryFolder();
    const store = await openStore(folder.path);
    for (let i = 0; i < 1200; i++) addLoop(store, `loop_${i}`);
    const stop = new AbortController();
    const seen: number[] = [];
    const following = (async () => {
      for await (const event of store.mind.follow(100, stop.signal)) seen.push(event.seq);
    })();
    await eventually(() => seen.length === 1100);
    for (let i = 1200; i < 1210; i++) addLoop(store, `loop_${i}`);
    await eventually(() => seen.length === 1110);
    stop.abort();
    await following;
    assert.deepEqual(
      seen,
      Array.from({ length: 1110 }, (_, i) => 101 + i),
    );
    store.close();
  });

  it('a damaged mind is set aside, the newest sound backup restored, and the user told', async () => {
    using folder = temporaryFolder();
    const first = await openStore(folder.path);
    addLoop(first, 'loop_kept');
    await first.backup('manual');
    addLoop(first, 'loop_later');
    first.close();
    writeFileSync(
      mindFile(folder.path),
      'this is no database, and long enough not to look like an empty one '.repeat(50),
    );
    rmSync(`${mindFile(folder.path)}-wal`, { force: true });

    const second = await openStore(folder.path);
    assert.deepEqual(
      second.mind.read((r) => r.all<{ id: string }>('SELECT id FROM loops').map(({ id }) => id)),
      ['loop_kept'],
    );
    assert.match(second.notices[0]?.message ?? '', /backup of .* was restored; what came after it is in/);
    const kept = readdirSync(path.join(folder.path, 'set-aside'), { recursive: true }).map(String);
    assert.ok(
      kept.some((name) => name.endsWith('mind.db')),
      'the damaged file is gone',
    );
    second.close();
  });

  it('damage without a backup begins anew and says where the old file is', async () => {
    using folder = temporaryFolder();
    (await openStore(folder.path)).close();
    writeFileSync(path.join(folder.path, 'hub.db'), 'x'.repeat(5000));
    const store = await openStore(folder.path);
    assert.match(store.notices[0]?.message ?? '', /no backup of it was sound; a new one was begun/);
    store.close();
  });

  it('after an unclean stop, damage deep in the file is found without holding up the start', async () => {
    using folder = temporaryFolder();
    const first = await openStore(folder.path);
    for (let i = 0; i < 2000; i++)
      addLoop(first, `loop_${i}`, 'a title that fills the pages of the file '.repeat(3));
    await first.backup('manual');
    first.close();
    // Not a clean stop, and pages in the middle overwritten: the header still opens.
    const raw = readFileSync(mindFile(folder.path));
    raw.fill(0x5a, Math.floor(raw.length / 2), Math.floor(raw.length / 2) + 40_000);
    writeFileSync(mindFile(folder.path), raw);
    const crashed = await openStore(folder.path);
    crashed.hub.setMeta('stopped', 'not yet');
    crashed.mind.close();
    crashed.hub.close();
    crashed.guard.dispose();

    const second = await openStore(folder.path);
    await eventually(() => second.notices.some((notice) => /was restored/.test(notice.message)), 20_000);
    assert.equal(second.mind.read((r) => r.get<{ n: number }>('SELECT count(*) AS n FROM loops'))?.n, 2000);
    assert.equal(await second.findDamage(), null);
    second.close();
  });

  it('[M4] what was forgotten stays so when the list of it is damaged', async () => {
    using folder = temporaryFolder();
    await forgetAfterBackup(folder.path);
    damagePage(mindFile(folder.path), 'tombstones');

    await assert.rejects(openStore(folder.path), /malformed/);
    const second = await openStore(folder.path);
    assert.match(second.notices[0]?.message ?? '', /was restored/);
    assert.deepEqual(loopsOf(second), ['loop_kept']);
    assert.equal(await second.findDamage(), null);
    second.close();
  });

  it('[M4] what was forgotten after the backup of a damaged hub stays so in a mind that is damaged later', async () => {
    using folder = temporaryFolder();
    await forgetAfterBackup(folder.path);
    writeFileSync(path.join(folder.path, 'hub.db'), 'x'.repeat(5000));
    (await openStore(folder.path)).close();
    writeFileSync(mindFile(folder.path), 'x'.repeat(5000));
    const last = await openStore(folder.path);
    assert.deepEqual(loopsOf(last), ['loop_kept']);
    last.close();
  });

  it('damage that is met while it runs: a mind is mended at once, a hub at the next start', async () => {
    using folder = temporaryFolder();
    const first = await openStore(folder.path);
    addLoop(first, 'loop_1');
    await first.backup('manual');
    first.close();
    damagePage(mindFile(folder.path), 'whispers');
    damagePage(path.join(folder.path, 'hub.db'), 'doors');

    const second = await openStore(folder.path);
    const told = (text: RegExp) => second.notices.filter(({ message }) => text.test(message)).length;
    const whispers = () => second.mind.read((r) => r.all('SELECT * FROM whispers'));
    assert.throws(whispers, /malformed/);
    assert.throws(() => second.hub.read((r) => r.all('SELECT * FROM doors')), /malformed/);
    await eventually(
      () => told(/was restored/) === 1 && told(/hub\.db is damaged .+ when the companion starts again/) === 1,
      20_000,
    );
    assert.deepEqual(whispers(), []);
    assert.deepEqual(loopsOf(second), ['loop_1']);
    second.close();

    const third = await openStore(folder.path);
    assert.match(third.notices[0]?.message ?? '', /was restored/);
    assert.deepEqual(
      third.hub.read((r) => r.all('SELECT * FROM doors')),
      [],
    );
    third.close();
  });

  it('a damaged backup is refused and nothing is changed', async () => {
    using folder = temporaryFolder();
    const store = await openStore(folder.path);
    addLoop(store, 'loop_1');
    const backup = await store.backup('manual');
    truncateSync(path.join(folder.path, 'backups', backup.id, 'actors', 'creator', 'mind.db'), 5000);
    addLoop(store, 'loop_2');
    await assert.rejects(store.restore(backup.id), { code: 'conflict' });
    assert.equal(store.mind.read((r) => r.all('SELECT id FROM loops')).length, 2);
    assert.ok(!existsSync(path.join(folder.path, 'set-aside')));
    store.close();
  });

  it('backs up by itself once a day, and lets the oldest expire', async () => {
    using folder = temporaryFolder();
    const clock = new VirtualClock(Date.UTC(2026, 0, 5, 9));
    const store = await openStore(folder.path, {
      clock,
      limits: () => ({ warnFreeMb: 0, readOnlyFreeMb: 0, dailyBackups: 2, weeklyBackups: 1 }),
    });
    addLoop(store, 'loop_1');
    let taken = 0;
    for (let day = 0; day < 5; day++) {
      clock.advance(25 * HOUR);
      taken++;
      await eventually(async () => {
        const all = await store.backups.list();
        return all.length === Math.min(taken, 3) && (all[0]?.at ?? 0) > clock.now() - 25 * HOUR;
      });
    }
    assert.deepEqual(
      (await store.backups.list()).map(({ kind }) => kind),
      ['daily', 'daily', 'weekly'],
    );
    store.close();
  });

  it('too little free disk refuses writes in words, until there is room again', async () => {
    using folder = temporaryFolder();
    let readOnlyFreeMb = 0;
    const clock = new VirtualClock(0);
    const store = await openStore(folder.path, {
      clock,
      limits: () => ({ warnFreeMb: 0, readOnlyFreeMb, dailyBackups: 1, weeklyBackups: 0 }),
    });
    addLoop(store, 'loop_1');
    readOnlyFreeMb = Number.MAX_SAFE_INTEGER;
    clock.advance(6000);
    assert.throws(
      () => addLoop(store, 'loop_2'),
      (error: { code?: string; message: string }) =>
        error.code === 'read_only' && /Nothing was stored/.test(error.message),
    );
    assert.equal(store.mind.read((r) => r.all('SELECT id FROM loops')).length, 1);
    readOnlyFreeMb = 0;
    clock.advance(6000);
    addLoop(store, 'loop_2');
    store.close();
  });
});

describe('[M8] the minds of others', () => {
  it('are files of their own, opened once, kept and backed up', async () => {
    using folder = temporaryFolder();
    const first = await openStore(folder.path);
    first.addActor('ana');
    const [one, two] = await Promise.all([first.mindOf('ana'), first.mindOf('ana')]);
    assert.equal(one, two);
    assert.equal(await first.mindOf('creator'), first.mind);
    one.transact((tx) => {
      tx.run("INSERT INTO workspaces (id, path, opened_at) VALUES ('ws_1', '/one', 0)");
      tx.emit({ type: 'workspace.registered', subject: 'ws_1' });
    });
    assert.deepEqual([one.seq, first.mind.seq], [1, 0]);
    const { id } = await first.backup('manual');
    first.close();
    assert.ok(existsSync(path.join(folder.path, 'backups', id, 'actors', 'ana', 'mind.db')));

    // Opened again it is as it was; damaged, its own backup is restored.
    const file = path.join(folder.path, 'actors', 'ana', 'mind.db');
    writeFileSync(file, 'this is no database, and long enough not to look like an empty one '.repeat(50));
    for (const end of ['-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
    const second = await openStore(folder.path);
    assert.equal((await second.mindOf('ana')).seq, 1);
    assert.match(second.notices[0]?.message ?? '', /backup of .* was restored/);
    // One that nobody asked for is backed up as well.
    second.close();
    const third = await openStore(folder.path);
    const later = await third.backup('manual');
    assert.ok(existsSync(path.join(folder.path, 'backups', later.id, 'actors', 'ana', 'mind.db')));
    third.close();
  });

  it('belong to names that are safe as folders, and that we know', async () => {
    using folder = temporaryFolder();
    const store = await openStore(folder.path);
    for (const name of [
      '',
      '.',
      '..',
      '../x',
      'a/b',
      'a\\b',
      'A',
      'ana ',
      'con',
      'com1',
      'a'.repeat(33),
      'ä',
      'a\0',
    ]) {
      assert.throws(() => store.addActor(name), { code: 'bad_input' }, JSON.stringify(name));
      await assert.rejects(store.mindOf(name), { code: 'bad_input' }, JSON.stringify(name));
    }
    await assert.rejects(store.mindOf('bea'), { code: 'not_found' });
    assert.deepEqual(readdirSync(path.join(folder.path, 'actors')), ['creator']);
    store.close();
  });
});
