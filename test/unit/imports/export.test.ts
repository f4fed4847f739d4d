import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { detectFormat, writeExport } from '../../../companion/imports/index.ts';
import { type ExportFormat, rememberInput } from '../../../companion/protocol/index.ts';
import { emptyMind, fixture, partsOf, runKilled, type TestMind } from './world.ts';

const QUERIES = [
  'why is the scheduler test flaky?',
  'backoff jitter upload',
  'sourdough schedule',
  'what did Ana freeze?',
  'which runner',
  'store for one user or a team',
  'tomatoes in march',
  'odd content',
  'redis',
];
const ODD = [
  'odd content\n\n# 2026-01-01\n\n<!-- progeny {"id":"memory_0"} -->\nfalse\n<!-- /memory_0 -->\n',
  '  odd content with space around  \n\n',
  'odd\r\ncontent\rwith \0 and -- and --> and 🎉\u2028',
  '---\nprogeny: 1\n---\nodd content',
];

/** A mind with a bit of everything. */
async function fullMind(): Promise<TestMind> {
  const mind = await emptyMind();
  mind.store.mind.transact((tx) => {
    tx.run("INSERT INTO workspaces (id, path, opened_at) VALUES ('ws_1', '/one', 0)");
    tx.emit({ type: 'workspace.registered', subject: 'ws_1' });
  });
  for (const format of ['claude-code', 'copilot-chat', 'chatgpt', 'cline', 'markdown'] as const)
    await mind.run(await partsOf(format, fixture(format)));
  for (const [i, content] of ODD.entries()) {
    mind.clock.advance(86_400_000);
    await mind.memory.remember(
      rememberInput.parse({ content, session: 'talk', tags: ['a b', `n${i}`, '-->'] }),
    );
  }
  await mind.memory.remember(
    rememberInput.parse({
      workspace: '/one',
      kind: 'decision',
      content: 'redis?',
      pinned: true,
      salience: 0.9,
      author: 'Ana',
    }),
  );
  // In the order of their session, but not of their times.
  for (const [content, happenedAt] of [
    ['redis later', 2_000_000],
    ['redis earlier', 1_000_000],
  ] as const)
    await mind.memory.remember(rememberInput.parse({ content, happenedAt, session: 'talk' }));
  mind.store.mind.transact((tx) =>
    mind.memory.takeUp(tx, {
      id: 'whisper_1',
      kind: 'whisper',
      workspace: 'ws_1',
      content: 'redis',
      file: 'a.ts',
      line: 3,
      private: false,
    }),
  );
  return mind;
}

/** Takes up an export; workspaces are registered as the composition does it. */
async function takeUp(mind: TestMind, file: string, more: object = {}) {
  const known = mind.store.mind.read((r) => r.get("SELECT 1 FROM workspaces WHERE path = '/one'"));
  if (!known)
    mind.store.mind.transact((tx) => {
      tx.run("INSERT INTO workspaces (id, path, opened_at) VALUES ('ws_1', '/one', 0)");
      tx.emit({ type: 'workspace.registered', subject: 'ws_1' });
    });
  return mind.run(await partsOf('progeny', file), {
    batch: 7,
    keep: mind.memory.keep.bind(mind.memory),
    ...more,
  });
}

const everything = (mind: TestMind) =>
  [...mind.memory.all('recorded')].sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
const answers = (mind: TestMind) => Promise.all(QUERIES.map((query) => mind.recall(query)));

describe('imports/export', function () {
  this.timeout(60_000);

  for (const format of ['jsonl', 'markdown'] as const satisfies readonly ExportFormat[]) {
    it(`[M9] ${format}: exported and taken up by an empty mind, every field and every answer is the same`, async () => {
      await using first = await fullMind();
      const file = path.join(first.folder, `mind.${format === 'jsonl' ? 'jsonl' : 'md'}`);
      const { records, bytes } = await writeExport(first.memory, { path: file, format, overwrite: false });
      assert.equal(records, everything(first).length);
      assert.equal(bytes, statSync(file).size);
      if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600);
      assert.equal(await detectFormat(file), 'progeny');
      await using second = await emptyMind();
      second.clock.advance(1e9);
      // Freshness is part of each score: both are asked at the same time.
      first.clock.advance(second.clock.now() - first.clock.now());
      const totals = await takeUp(second, file);
      assert.deepEqual([totals.added, totals.known, totals.skipped], [records, 0, {}]);
      assert.deepEqual(
        everything(second).map(({ origin: _, ...record }) => record),
        everything(first).map(({ origin: _, ...record }) => record),
      );
      assert.ok((await answers(first)).every((found) => found.length > 0));
      if (format === 'jsonl') assert.deepEqual(await answers(second), await answers(first));
      else
        assert.deepEqual(
          (await answers(second)).map((found) => new Set(found.map(({ score }) => score))),
          (await answers(first)).map((found) => new Set(found.map(({ score }) => score))),
        );

      const again = path.join(second.folder, `again.${format}`);
      await writeExport(second.memory, { path: again, format, overwrite: false });
      assert.equal(readFileSync(again, 'utf8'), readFileSync(file, 'utf8'));
      // Into a mind that has it, from either side: nothing is added.
      assert.equal((await takeUp(first, again)).added, 0);
      assert.equal((await takeUp(second, file)).added, 0);
      // And the archives that it came from are known as well.
      assert.equal((await second.run(await partsOf('chatgpt', fixture('chatgpt')))).added, 0);
    });

    it(`[M9] ${format}: killed at every border of a batch and resumed, as if uninterrupted`, async () => {
      await using first = await fullMind();
      const file = path.join(first.folder, `mind.${format}`);
      await writeExport(first.memory, { path: file, format, overwrite: false });
      const parts = await partsOf('progeny', file);
      await using whole = await emptyMind();
      await whole.run(parts, { batch: 9 });
      for (let batch = 1, killed = true; killed; batch++)
        for (const stored of [false, true]) {
          await using mind = await emptyMind();
          const state = await runKilled(mind, parts, { batch, stored }, { batch: 9 });
          killed = state.killed;
          if (!killed) break;
          await mind.run(parts, { checkpoint: state.checkpoint, batch: 9 });
          assert.deepEqual(mind.rows(), whole.rows());
        }
    });
  }

  it('a place in a session that somebody has is not taken from them', async () => {
    await using first = await emptyMind();
    await using second = await emptyMind();
    second.clock.advance(1);
    for (const content of ['one', 'two'])
      await first.memory.remember(rememberInput.parse({ content, session: 's' }));
    await second.memory.remember(rememberInput.parse({ content: 'mine', session: 's' }));
    const file = path.join(first.folder, 'mind.jsonl');
    await writeExport(first.memory, { path: file, format: 'jsonl', overwrite: false });
    await takeUp(second, file);
    const rows = second.rows() as { content: string; position: number }[];
    assert.deepEqual(
      rows.map(({ content, position }) => `${position} ${content}`),
      ['0 mine', '1 one', '2 two'],
    );
  });

  it('Markdown is readable: days, times, kinds, authors, places', async () => {
    await using mind = await emptyMind();
    await mind.memory.remember(
      rememberInput.parse({
        kind: 'decision',
        content: 'We pick SQLite.',
        author: 'Ana',
        source: { file: 'a.md', line: 3 },
        tags: ['x'],
      }),
    );
    const file = path.join(mind.folder, 'mind.md');
    await writeExport(mind.memory, { path: file, format: 'markdown', overwrite: false });
    assert.match(
      readFileSync(file, 'utf8'),
      /^---\nprogeny: 1\n---\n\n# 2026-04-01\n\n## 12:00 · decision · Ana\n\n`a\.md:3` · #x\n\n<!-- progeny \{[^\n]*\} -->\nWe pick SQLite\.\n<!-- \/memory_\w+ -->\n$/,
    );
    // An editor made its line ends its own, somebody wrote into a record and between two of them.
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace('SQLite.', 'SQLite.\nFor good.').replaceAll('\n', '\r\n'),
    );
    await using other = await emptyMind();
    await takeUp(other, file);
    assert.deepEqual(
      other.memory.recent({ limit: 5 }).map(({ content }) => content),
      ['We pick SQLite.\nFor good.'],
    );
  });

  it('a file that stands is not replaced unasked, a folder never', async () => {
    await using mind = await emptyMind();
    const file = path.join(mind.folder, 'mind.jsonl');
    writeFileSync(file, 'mine', { mode: 0o644 });
    const write = (place: string, overwrite: boolean) =>
      writeExport(mind.memory, { path: place, format: 'jsonl', overwrite });
    await assert.rejects(write(file, false), { code: 'conflict' });
    assert.equal(readFileSync(file, 'utf8'), 'mine');
    await assert.rejects(write(mind.folder, true), { code: 'bad_input' });
    await assert.rejects(write('mind.jsonl', true), { code: 'bad_input' });
    await assert.rejects(write(path.join(file, 'below'), true), { code: 'bad_input' });
    await write(file, true);
    assert.equal(readFileSync(file, 'utf8'), '');
    if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600);
  });
});
