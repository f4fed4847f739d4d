import assert from 'node:assert/strict';
import { consolidate } from '../../../companion/consolidating.ts';
import type { StageContext } from '../../../companion/dream/index.ts';
import { VirtualClock } from '../../../companion/kernel/index.ts';
import { rememberInput } from '../../../companion/protocol/index.ts';
import { openMemory } from '../../support/memory.ts';
import { openStore } from '../../support/store.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const NOON = Date.UTC(2026, 2, 2, 12);
const DAY = 24 * 60 * 60 * 1000;

async function summing() {
  const folder = temporaryFolder();
  const store = await openStore(folder.path);
  const { mind } = store;
  const clock = new VirtualClock(NOON);
  const memory = openMemory(store, clock);
  let remembered = 0;
  const context: StageContext = {
    signal: new AbortController().signal,
    day: '2026-03-01',
    now: NOON,
    checkpoint: null,
    results: {},
    save: () => {},
    progress: () => {},
  };
  return {
    mind,
    memory,
    /** Remembers something that belongs to the theme, a day after what came before. */
    async member(content: string, more: object = {}) {
      const happenedAt = NOON - 100 * DAY + remembered++ * DAY;
      const record = await memory.remember(
        rememberInput.parse({ content, kind: 'episode', happenedAt, ...more }),
      );
      mind.record((writer) => {
        writer.run("INSERT OR IGNORE INTO clusters VALUES ('cluster_1', '[]', 0, 0, 0)");
        const sql = "INSERT INTO cluster_members VALUES (?, 'cluster_1', 'memory', 0, ?, NULL, NULL)";
        writer.run(sql, record.id, record.id);
      });
      return record;
    },
    leave: (id: string) => mind.record((w) => w.run('DELETE FROM cluster_members WHERE subject = ?', id)),
    async consolidate() {
      const dateOf = (at: number) => new Date(at).toISOString().slice(0, 10);
      const { counts } = await consolidate({ mind, dateOf }, context);
      return [counts.written, counts.renewed, counts.dropped];
    },
    summaries: () => memory.recent({ kinds: ['dream'], limit: 100 }),
    async [Symbol.asyncDispose]() {
      await memory.dispose();
      store.close();
      folder[Symbol.dispose]();
    },
  };
}

const boat = (n: number) => `The boat of harbour number${n} needs a sail, a mast and rope${n}.`;

describe('consolidating', () => {
  it('[S6] begins a summary with five members, keeps it with three, drops it with its theme', async () => {
    await using t = await summing();
    const members = [];
    for (let n = 0; n < 4; n++) members.push(await t.member(boat(n)));
    assert.deepEqual(await t.consolidate(), [0, 0, 0]);
    members.push(await t.member(boat(4)));
    assert.deepEqual(await t.consolidate(), [1, 0, 0]);
    const [summary] = t.summaries();
    assert.match(
      summary!.content,
      /^Of 5 records, 2025-11-22 to 2025-11-26, in their own words:\n2025-11-2\d The boat/,
    );
    assert.deepEqual(
      summary!.links.filter(({ kind }) => kind === 'summary of').map(({ target }) => target),
      members.map(({ id }) => id).sort(),
    );
    assert.deepEqual([summary!.writtenBy, summary!.happenedAt], ['companion', members[4]!.happenedAt]);
    t.leave(members[0]!.id);
    t.leave(members[1]!.id);
    assert.deepEqual(await t.consolidate(), [0, 1, 0]);
    assert.deepEqual(
      t.summaries().map(({ id }) => id),
      [summary!.id],
    );
    t.leave(members[2]!.id);
    assert.deepEqual(await t.consolidate(), [0, 0, 1]);
    assert.deepEqual(t.summaries(), []);
  });

  it('[S6] leaves alone what changed little, renews what changed by a fifth or says something else by now', async () => {
    await using t = await summing();
    for (let n = 0; n < 8; n++) await t.member(boat(n));
    assert.deepEqual(await t.consolidate(), [1, 0, 0]);
    await t.member(boat(8));
    assert.deepEqual(await t.consolidate(), [0, 0, 0]);
    const before = t.summaries()[0]!;
    for (let n = 9; n < 12; n++) await t.member(boat(n));
    assert.deepEqual(await t.consolidate(), [0, 1, 0]);
    const renewed = t.summaries()[0]!;
    assert.equal(renewed.id, before.id);
    assert.match(renewed.content, /^Of 12 records/);
    const [quoted] = renewed.links.filter(({ kind }) => kind === 'quotes');
    t.mind.record((w) =>
      w.run("UPDATE memories SET content = 'It was no boat.' WHERE id = ?", quoted!.target),
    );
    assert.deepEqual(await t.consolidate(), [0, 1, 0]);
    const quotes = t.summaries()[0]!.links.filter(({ kind }) => kind === 'quotes');
    assert.ok(!quotes.some(({ target }) => target === quoted!.target));
  });

  it('[S6] is private with its originals, and at once when one is hidden; the next dream tells them apart', async () => {
    await using t = await summing();
    for (let n = 0; n < 7; n++) await t.member(boat(n));
    for (let n = 10; n < 15; n++) await t.member(`A secret keel: ${boat(n)}`, { private: true });
    assert.deepEqual(await t.consolidate(), [2, 0, 0]);
    const of = (isPrivate: boolean) => t.summaries().filter((each) => each.private === isPrivate);
    assert.ok(of(true).length === 1 && of(true)[0]!.content.includes('secret'));
    assert.ok(of(false).length === 1 && !of(false)[0]!.content.includes('secret'));
    const quoted = of(false)[0]!.links.find(({ kind }) => kind === 'quotes')!.target;
    await t.memory.update({ id: quoted, private: true });
    assert.equal(of(false).length, 0, 'hidden at once');
    await t.consolidate();
    const shown = of(false);
    assert.equal(shown.length, 1);
    assert.ok(shown[0]!.links.every(({ kind, target }) => kind === 'theme' || !t.memory.get(target).private));
  });
});
