import assert from 'node:assert/strict';
import { VirtualClock } from '../../../companion/kernel/index.ts';
import { recallInput, recentInput, rememberInput } from '../../../companion/protocol/index.ts';
import { openMemory } from '../../support/memory.ts';
import { openStore } from '../../support/store.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const MARCH = Date.UTC(2026, 2, 2, 12);

async function emptyMemory() {
  const folder = temporaryFolder();
  const clock = new VirtualClock(MARCH);
  const store = await openStore(folder.path, { clock });
  const memory = openMemory(store, clock);
  store.mind.transact((tx) => {
    tx.run("INSERT INTO workspaces (id, path, opened_at) VALUES ('ws_1', '/one', 0), ('ws_2', '/two', 0)");
    tx.emit({ type: 'workspace.registered', subject: 'ws_1' });
  });
  return {
    store,
    clock,
    memory,
    remember: (input: Parameters<typeof rememberInput.parse>[0]) =>
      memory.remember(rememberInput.parse(input)),
    recall: async (query: string, more: object = {}) => {
      const { found } = await memory.recall(recallInput.parse({ query, ...more }));
      return found.map(({ record }) => record.content);
    },
    async [Symbol.asyncDispose]() {
      await memory.dispose();
      store.close();
      folder[Symbol.dispose]();
    },
  };
}

describe('memory', () => {
  it('gives back what was remembered, with its source', async () => {
    await using t = await emptyMemory();
    const record = await t.remember({
      workspace: '/one',
      kind: 'decision',
      content: 'We pick SQLite: one file for each person.',
      author: 'Ana',
      source: { file: 'docs/adr/0004.md', line: 3 },
      tags: ['storage'],
    });
    assert.equal(record.happenedAt, MARCH);
    assert.equal(record.workspace, '/one');
    const {
      found: [found],
    } = await t.memory.recall(recallInput.parse({ query: 'why did we pick sqlite?' }));
    assert.deepEqual(found?.record, record);
    assert.ok(found.parts.words > 0);
  });

  it('finds other forms of a word', async () => {
    await using t = await emptyMemory();
    await t.remember({ content: 'The scheduler tests are flaky on Windows' });
    await t.remember({ content: 'Lunch with Bo' });
    assert.deepEqual(await t.recall('schedulers testing'), ['The scheduler tests are flaky on Windows']);
  });

  it('brings the answer with its question, in the order of the conversation', async () => {
    await using t = await emptyMemory();
    for (const content of ['Where do the backups go?', 'Into the data directory.', 'Fine, thanks.']) {
      await t.remember({ kind: 'conversation', content, session: 'c' });
    }
    assert.deepEqual((await t.recall('where are the backups?')).slice(0, 2), [
      'Where do the backups go?',
      'Into the data directory.',
    ]);
  });

  it('takes the name of somebody who spoke as who said it', async () => {
    await using t = await emptyMemory();
    await t.remember({ content: 'Melanie, I went to the lake', author: 'Caroline' });
    await t.remember({ content: 'I went to the lake', author: 'Melanie' });
    for (const name of ['Melanie', 'Mel']) {
      assert.equal((await t.recall(`did ${name} see a lake?`))[0], 'I went to the lake');
    }
  });

  it('keeps within workspace, kinds and time', async () => {
    await using t = await emptyMemory();
    await t.remember({ workspace: '/one', content: 'redis one', happenedAt: 1000 });
    await t.remember({ workspace: '/two', content: 'redis two', kind: 'fact', happenedAt: 2000 });
    assert.deepEqual(await t.recall('redis', { workspace: '/one' }), ['redis one']);
    assert.deepEqual(await t.recall('redis', { kinds: ['fact'] }), ['redis two']);
    assert.deepEqual(await t.recall('redis', { until: 1000 }), ['redis one']);
    assert.deepEqual(await t.recall('redis', { since: 1001 }), ['redis two']);
    await assert.rejects(t.recall('redis', { workspace: '/three' }), { code: 'not_found' });
    const recent = t.memory.recent(recentInput.parse({ limit: 1 }));
    assert.deepEqual(
      recent.map(({ content }) => content),
      ['redis two'],
    );
  });

  it('answers any query: empty, stop words, operators, quotes, emoji, NUL, right to left', async () => {
    await using t = await emptyMemory();
    await t.remember({ content: 'a NEAR miss OR "quote" שלום 🎉 \0 end' });
    for (const query of [
      '',
      '   ',
      'the of and',
      'NEAR(',
      'a AND',
      '"',
      '""',
      "'",
      '*',
      'x:y',
      '^a',
      '🎉',
      '\0',
      '-',
      '()',
    ]) {
      assert.ok(Array.isArray(await t.recall(query)), query);
    }
    assert.equal((await t.recall('שלום')).length, 1);
    assert.equal((await t.recall('quote')).length, 1);
  });

  it('takes a record of a megabyte and refuses a larger or a blank one', async () => {
    await using t = await emptyMemory();
    await t.remember({ content: `needle ${'hay '.repeat(262_000)}` });
    assert.equal((await t.recall('needle')).length, 1);
    assert.throws(() => rememberInput.parse({ content: 'x'.repeat(1_048_577) }));
    assert.throws(() => rememberInput.parse({ content: ' \n\t' }), /not blank/);
  });

  it('an event tells of it without its content', async () => {
    await using t = await emptyMemory();
    const { id } = await t.remember({ content: 'canary-4711' });
    const events = t.store.mind.events(0, 100);
    assert.ok(events.some(({ type, subject }) => type === 'memory.remembered' && subject === id));
    assert.ok(!JSON.stringify(events).includes('canary'));
  });

  it('goes with its workspace, with its words', async () => {
    await using t = await emptyMemory();
    await t.remember({ workspace: '/one', content: 'redis one' });
    await t.remember({ workspace: '/two', content: 'redis two' });
    t.store.mind.transact((tx) => {
      tx.run("DELETE FROM workspaces WHERE id = 'ws_1'");
      tx.emit({ type: 'workspace.forgotten', subject: 'ws_1' });
    });
    assert.deepEqual(await t.recall('redis'), ['redis two']);
    const words = t.store.mind.read((r) =>
      r.all("SELECT rowid FROM memory_words WHERE memory_words MATCH 'one'"),
    );
    assert.deepEqual(words, []);
  });

  it('follows what a person makes of a note', async () => {
    await using t = await emptyMemory();
    const note = {
      id: 'decision_1',
      kind: 'decision',
      workspace: 'ws_1',
      file: null,
      line: null,
      private: false,
    } as const;
    t.store.mind.transact((tx) => t.memory.takeUp(tx, { ...note, content: 'we use redis' }));
    t.store.mind.transact((tx) => t.memory.takeUp(tx, { ...note, content: 'we use sqlite' }));
    assert.deepEqual(await t.recall('redis'), []);
    assert.deepEqual(await t.recall('sqlite'), ['we use sqlite']);
  });
});
