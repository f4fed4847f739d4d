import assert from 'node:assert/strict';
import {
  ClusterKeeper,
  readHistory,
  readState,
  redraw,
  type Subject,
  storeRedrawn,
} from '../../../companion/clusters/index.ts';
import { newId, seededRandom, VirtualClock } from '../../../companion/kernel/index.ts';
import type { Reader } from '../../../companion/store/index.ts';
import { openStore } from '../../support/store.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { mixed, subject } from './subjects.ts';

const MARCH = Date.UTC(2026, 2, 2, 12);

/** A store with a memory for each subject, and a keeper that reads them from it. */
async function keeping(subjects: readonly Subject[], mostLive = 5000) {
  const folder = temporaryFolder();
  const clock = new VirtualClock(MARCH);
  const store = await openStore(folder.path, { clock });
  const { mind } = store;
  const known = new Map(subjects.map((each) => [each.id, each]));
  mind.transact((tx) => {
    for (const { id, text } of subjects)
      tx.run(
        `INSERT INTO memories (id, kind, content, source, asks, happened_at, recorded_at, salience, tags, pinned)
          VALUES (?, 'observation', ?, '{}', 0, 0, 0, 0.5, '[]', 0)`,
        id,
        text,
      );
    tx.emit({ type: 'memory.remembered', subject: 'all' });
  });
  const newest = (reader: Reader, limit: number) =>
    reader
      .all<{ id: string }>('SELECT id FROM memories ORDER BY rowid DESC LIMIT ?', limit)
      .map(({ id }) => id);
  const open = () =>
    ClusterKeeper.open({
      mind,
      clock,
      random: seededRandom(1),
      newest,
      some: (_, ids) => ids.flatMap((id) => known.get(id) ?? []),
      pause: async () => {},
      tuning: { mostLive },
    });
  return {
    mind,
    open,
    /** Draws all themes anew, as the night does, and takes them up. */
    async refit(keeper: ClusterKeeper) {
      const state = mind.read(readState);
      const wanted = mind.read((reader) => newest(reader, mostLive));
      const redrawn = redraw({
        state,
        subjects: wanted.flatMap((id) => known.get(id) ?? []),
        seed: 1,
        newId: (random) => newId('cluster', MARCH, random),
        tuning: { mostLive },
      });
      mind.transact((tx) => {
        storeRedrawn(tx, redrawn, MARCH);
        tx.emit({ type: 'themes.drawn', subject: 'clusters' });
      });
      await keeper.reload();
      return redrawn;
    },
    count: (table: string) => mind.read((r) => r.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)!.n),
    all: (sql: string) => JSON.stringify(mind.read((r) => r.all(sql))),
    events: () => mind.events(0, 10_000).filter(({ type }) => type.startsWith('cluster.')),
    async [Symbol.asyncDispose]() {
      store.close();
      folder[Symbol.dispose]();
    },
  };
}

describe('clusters/keeper', () => {
  it('stores each change with its event, and finds it again', async () => {
    await using t = await keeping(mixed(6));
    const keeper = await t.open();
    for (const each of mixed(6)) keeper.add(each);
    await t.refit(keeper);
    assert.equal(t.count('clusters'), 3);
    assert.equal(t.count('cluster_members'), 18);
    const formed = t.events().filter(({ type }) => type === 'cluster.formed');
    assert.deepEqual(
      formed.map(({ data }) => data),
      [
        { size: 6, joined: 6 },
        { size: 6, joined: 6 },
        { size: 6, joined: 6 },
      ],
    );
    const seq = t.mind.seq;
    const again = await t.open();
    const plain = (each: ClusterKeeper) => each.clusters().sort((a, b) => (a.id < b.id ? -1 : 1));
    assert.deepEqual(plain(again), plain(keeper));
    assert.equal(t.mind.seq, seq, 'reading it changed something');
  });

  it('[S6] the same state draws the same themes under the same ids; drawn twice, nothing differs', async () => {
    const ends: string[] = [];
    for (let run = 0; run < 2; run++) {
      await using t = await keeping(mixed(6));
      const keeper = await t.open();
      const first = await t.refit(keeper);
      assert.equal(first.size, 3);
      ends.push(t.all('SELECT * FROM clusters ORDER BY id') + t.all('SELECT * FROM cluster_members'));
      const again = await t.refit(keeper);
      assert.deepEqual([again.clusters, again.gone, again.changes], [[], [], []]);
    }
    assert.equal(ends[0], ends[1]);
  });

  it('events and history tell nothing of the content', async () => {
    const canaries = mixed(4).map((each) => ({ ...each, text: `canary ${each.text}` }));
    await using t = await keeping(canaries);
    const keeper = await t.open();
    for (const each of canaries) keeper.add(each);
    await t.refit(keeper);
    assert.ok(t.events().length > 3);
    assert.ok(!/canary|tomato|sqlite|parser /.test(JSON.stringify(t.events())));
    const history = t.mind.read((reader) => readHistory(reader, null, 100));
    assert.equal(history.filter(({ type }) => type === 'formed').length, 3);
    assert.ok(!/canary|tomato/.test(JSON.stringify(history)));
  });

  it('forgetting a subject takes membership, name and centroid along in the same transaction', async () => {
    const secret = [0, 1].map((n) => subject('garden', n, { text: 'zanzibar zanzibar zanzibar tomato' }));
    const others = [2, 3, 4, 5].map((n) => subject('garden', n));
    const parsers = [0, 1, 2, 3].map((n) => subject('parser', n));
    const subjects = [...secret, ...parsers, ...others];
    await using t = await keeping(subjects, 8);
    const keeper = await t.open();
    for (const each of subjects) keeper.add(each);
    await t.refit(keeper);
    const tables = () =>
      ['clusters', 'cluster_centroids'].map((name) => t.all(`SELECT * FROM ${name}`)).join();
    assert.match(tables(), /zanzibar/);
    t.mind.transact((tx) => {
      for (const { id } of secret) tx.run('DELETE FROM memories WHERE id = ?', id);
      keeper.forgetSubjects(
        tx,
        secret.map(({ id }) => id),
      );
    });
    assert.doesNotMatch(tables(), /zanzibar/);
    assert.equal(t.count('cluster_members'), 8);
    assert.equal(t.count('clusters'), 2);
  });

  it('a theme that forgetting leaves with two members dissolves', async () => {
    await using t = await keeping(mixed(3));
    const keeper = await t.open();
    for (const each of mixed(3)) keeper.add(each);
    t.mind.transact((tx) => keeper.forgetSubjects(tx, ['memory_garden_0']));
    assert.equal(keeper.clusterOf('memory_garden_1'), null);
    assert.equal(t.count('clusters'), 2);
    assert.equal(t.count('cluster_members'), 6);
    assert.equal(t.events().at(-1)?.type, 'cluster.dissolved');
  });

  it('a row that goes takes its membership along, and the next start sees to the rest', async () => {
    await using t = await keeping(mixed(3));
    const keeper = await t.open();
    for (const each of mixed(3)) keeper.add(each);
    t.mind.transact((tx) => {
      tx.run("DELETE FROM memories WHERE id = 'memory_garden_0'");
      tx.emit({ type: 'memory.forgotten', subject: 'memory_garden_0' });
    });
    assert.equal(t.count('cluster_members'), 8);
    const again = await t.open();
    assert.equal(again.clusterOf('memory_garden_1'), null);
    assert.equal(t.count('clusters'), 2);
  });

  it('history is bounded', async () => {
    await using t = await keeping(mixed(3));
    const keeper = await t.open();
    for (let round = 0; round < 750; round++) {
      for (const each of mixed(1)) keeper.add({ ...each, at: round });
      for (const each of mixed(3)) keeper.add(each);
      t.mind.transact((tx) => {
        keeper.forgetSubjects(
          tx,
          mixed(1).map(({ id }) => id),
        );
        tx.emit({ type: 'test', subject: 'round' });
      });
    }
    assert.equal(t.count('cluster_history'), 2000);
  }).timeout(60_000);

  it('after a rolled back forgetting, takes up again what is stored', async () => {
    await using t = await keeping(mixed(3));
    const keeper = await t.open();
    for (const each of mixed(3)) keeper.add(each);
    const cluster = keeper.clusterOf('memory_garden_0');
    assert.throws(() =>
      t.mind.transact((tx) => {
        keeper.forgetSubjects(tx, ['memory_garden_0']);
        throw new Error('no');
      }),
    );
    await keeper.reload();
    assert.equal(keeper.clusterOf('memory_garden_0'), cluster);
  });
});
