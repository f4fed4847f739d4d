import assert from 'node:assert/strict';
import { seededRandom, systemClock, VirtualClock } from '../../../companion/kernel/index.ts';
import { freshnessOf, lossOf } from '../../../companion/memory/fading.ts';
import { recallInput, rememberInput, type WrittenBy } from '../../../companion/protocol/index.ts';
import { fadeAll, openMemory } from '../../support/memory.ts';
import { addLoop, openStore } from '../../support/store.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const DAY = 24 * 60 * 60 * 1000;

async function fading(decay = true) {
  const folder = temporaryFolder();
  const clock = new VirtualClock(Date.UTC(2026, 2, 2, 12));
  // Its own timers would run through every day.
  const store = await openStore(folder.path);
  const memory = openMemory(store, clock, { decay });
  return {
    store,
    clock,
    memory,
    episode: (content: string, more: object = {}, by: WrittenBy = 'companion') =>
      memory.remember(rememberInput.parse({ kind: 'episode', content, ...more }), by),
    recall: async (query: string) => (await memory.recall(recallInput.parse({ query }))).found,
    days: (count: number) => {
      for (let i = 0; i < count; i++) {
        clock.advance(DAY);
        fadeAll(memory, clock.now());
      }
    },
    async [Symbol.asyncDispose]() {
      await memory.dispose();
      store.close();
      folder[Symbol.dispose]();
    },
  };
}

describe('memory/fading', () => {
  it('freshness halves each week, and never leaves 0 to 1', () => {
    assert.deepEqual(
      [0, 7, 14].map((days) => freshnessOf(days * DAY)),
      [1, 0.5, 0.25],
    );
    assert.equal(freshnessOf(-DAY), 1);
  });

  for (const [days, loss] of [
    [0, 0],
    [89, 0],
    [90, 0.1],
    [179, 0.1],
    [180, 0.3],
    [359, 0.3],
    [360, 0.5],
    [540, 0.7],
  ] as const)
    it(`unread for ${days} days, salience has lost ${loss}`, () => {
      assert.ok(Math.abs(lossOf(days * DAY) - loss) < 1e-9);
    });

  it('[M2] archives the companion’s own episodes when they have faded to nothing, and nothing else', async () => {
    await using t = await fading();
    const faded = await t.episode('built on Monday');
    const kept = [
      await t.episode('said on Monday', {}, 'person'),
      await t.episode('an agent wrote it', {}, 'agent'),
      await t.episode('pinned on Monday', { pinned: true }),
      await t.episode('salient on Monday', { salience: 1 }),
      await t.memory.remember(rememberInput.parse({ content: 'a fact', kind: 'fact' }), 'companion'),
    ];
    const linked = await t.episode('linked to a loop', { links: [{ target: addLoop(t.store, 'loop_1') }] });
    assert.deepEqual(linked.links, [{ kind: 'about', target: 'loop_1' }]);
    t.days(359);
    assert.equal(t.memory.get(faded.id).archivedAt, null);
    t.days(1);
    assert.equal(t.memory.get(faded.id).archivedAt, t.clock.now());
    for (const { id, content } of [...kept, linked]) assert.equal(t.memory.get(id).archivedAt, null, content);
  });

  it('what is recalled does not fade; what is archived is found behind its like, and comes back by one call', async () => {
    await using t = await fading();
    const read = await t.episode('the red boat');
    t.days(200);
    assert.equal((await t.recall('red boat')).length, 1);
    fadeAll(t.memory, t.clock.now());
    assert.deepEqual(
      [t.memory.get(read.id).accessCount, t.memory.get(read.id).lastAccessed],
      [1, t.clock.now()],
    );
    t.days(200);
    assert.equal(t.memory.get(read.id).archivedAt, null);
    t.days(160);
    assert.notEqual(t.memory.get(read.id).archivedAt, null);
    const other = await t.episode('the old boat');
    assert.deepEqual(
      (await t.recall('boat')).map(({ record }) => record.id),
      [other.id, read.id],
    );
    assert.equal((await t.memory.restore(read.id)).archivedAt, null);
  });

  it('[M2] without decay nothing is ranked by its age', async () => {
    await using t = await fading(false);
    for (let i = 0; i < 3; i++) {
      await t.episode(`boat ${i}`);
      t.days(100);
    }
    for (const { parts } of await t.recall('boat')) assert.equal(parts.freshness, 0);
  });
});

describe('memory/recall-thread', function () {
  this.timeout(60_000);

  it('[M3] the service answers others while a search runs', async () => {
    using folder = temporaryFolder();
    const store = await openStore(folder.path);
    const memory = openMemory(store, systemClock, { random: seededRandom(1) });
    store.mind.record((writer) => {
      const sql = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000)
        INSERT INTO memories (id, kind, content, source, asks, happened_at, recorded_at, salience, tags, pinned)
        SELECT 'memory_' || i, 'episode', 'boat train plane ' || i, '{}', 0, i, i, 0.5, '[]', 0 FROM n`;
      writer.run(sql);
    });
    await memory.recall(recallInput.parse({ query: 'first' }));
    let [ticks, ended] = [0, false];
    const answer = memory.recall(recallInput.parse({ query: 'boat train plane' })).finally(() => {
      ended = true;
    });
    while (!ended) {
      ticks++;
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.equal((await answer).found.length, 10);
    assert.ok(ticks > 20, `the thread was free ${ticks} times`);
    await memory.dispose();
    store.close();
  });
});
