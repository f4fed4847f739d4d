import assert from 'node:assert/strict';
import { VirtualClock } from '../../../companion/kernel/index.ts';
import { recallInput, rememberInput } from '../../../companion/protocol/index.ts';
import { openMemory } from '../../support/memory.ts';
import { openStore } from '../../support/store.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const day = (month: number, date = 1) => Date.UTC(2026, month - 1, date, 12);

async function facts() {
  const folder = temporaryFolder();
  const clock = new VirtualClock(day(7));
  const store = await openStore(folder.path, { clock });
  const memory = openMemory(store, clock);
  const fact = (content: string, happenedAt: number, more: object = {}) =>
    memory.remember(rememberInput.parse({ kind: 'fact', content, happenedAt, ...more }));
  return {
    memory,
    fact,
    asOf: async (query: string, asOf?: number) => {
      const { found } = await memory.recall(recallInput.parse({ query, asOf }));
      return found.map(({ record }) => record.content);
    },
    async [Symbol.asyncDispose]() {
      await memory.dispose();
      store.close();
      folder[Symbol.dispose]();
    },
  };
}

describe('memory/facts', () => {
  for (const [first, second, query] of [
    ['We use Redis', 'We moved to SQLite', 'what do we use? Redis or SQLite'],
    ['we use Redis for sessions', 'we moved from Redis to SQLite', 'Redis SQLite'],
    ['The importer uses Kafka', 'We replaced Kafka with RabbitMQ', 'Kafka RabbitMQ'],
    ['Builds use webpack', 'we no longer use webpack', 'webpack'],
    ['We chose nginx', 'We use Caddy instead of nginx', 'nginx Caddy'],
  ] as const) {
    it(`[M6] "${first}" holds until "${second}"`, async () => {
      await using t = await facts();
      const old = await t.fact(first, day(3), { source: { commit: 'a'.repeat(40) } });
      const now = await t.fact(second, day(5), { source: { file: 'docs/adr.md', line: 3 } });
      assert.deepEqual(await t.asOf(query, day(4)), [first]);
      assert.deepEqual(await t.asOf(query, day(6)), [second]);
      // Without a date both are found, what holds first, and what does not is marked.
      assert.deepEqual(await t.asOf(query), [second, first]);
      const closed = t.memory.get(old.id);
      assert.deepEqual([closed.validFrom, closed.validTo, closed.closedBy], [day(3), day(5), now.id]);
      assert.deepEqual(closed.source, { commit: 'a'.repeat(40) });
      assert.equal(t.memory.get(now.id).validTo, null);
    });
  }

  it('[M6] facts about the same close each other, in whatever order they come', async () => {
    await using t = await facts();
    const may = await t.fact('SQLite, one file each', day(5), { about: 'database' });
    const march = await t.fact('Redis', day(3), { about: 'Database' });
    assert.deepEqual([march.validTo, march.closedBy], [day(5), may.id]);
    assert.equal(may.validTo, null);
    await t.fact('Postgres', day(4), { about: 'database' });
    assert.equal(t.memory.get(march.id).validTo, day(4));
  });

  it('leaves alone what is about something else, in another folder, or not certain', async () => {
    await using t = await facts();
    const kept = [
      await t.fact('We use Redis', day(3)),
      await t.fact('We use React', day(3)),
      await t.fact('Ana likes Kafka', day(3)),
      await t.fact('42', day(3), { about: 'answer' }),
    ];
    await t.fact('We moved to SQLite', day(5));
    await t.fact('We moved from Kafka to files', day(5));
    await t.fact('43', day(5), { about: 'question' });
    for (const { id } of kept) assert.equal(t.memory.get(id).validTo, null);
  });

  it('a fact that is said again after it was given up is another one', async () => {
    await using t = await facts();
    const first = await t.fact('We use Redis', day(3));
    await t.fact('We moved from Redis to SQLite', day(4));
    const again = await t.fact('we use redis', day(5));
    assert.notEqual(again.id, first.id);
    assert.deepEqual(await t.asOf('redis', day(6)), ['we use redis', 'We moved from Redis to SQLite']);
  });

  it('a person can close a fact and open it again', async () => {
    await using t = await facts();
    const { id } = await t.fact('We use Redis', day(3));
    assert.equal((await t.memory.update({ id, validTo: day(4) })).validTo, day(4));
    assert.deepEqual(await t.asOf('redis', day(5)), []);
    assert.equal((await t.memory.update({ id, validTo: null })).validTo, null);
  });
});
