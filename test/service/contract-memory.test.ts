import assert from 'node:assert/strict';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { TestRepository } from '../fixtures/repository.ts';
import { eventually, type TestCompanion, testCompanion } from '../support/companion.ts';
import { type ContractWorld, contractWorld } from '../support/contract-world.ts';

describe('contract: memory, over a real socket', () => {
  let world: ContractWorld;
  let t: TestCompanion;
  let repository: TestRepository;
  let workspace: string;

  before(async () => {
    world = await contractWorld();
    ({ t, repository, workspace } = world);
  });
  after(() => world[Symbol.asyncDispose]());

  it('what is remembered is recalled, with its reasons, through every door', async () => {
    const record = await t.api.memories.remember({
      workspace,
      content: 'The clock made the scheduler test flaky',
      source: { file: 'src/clock.ts', line: 1 },
    });
    const {
      found: [first],
    } = await t.api.memories.recall({ query: 'why are the scheduler tests flaky?', workspace });
    assert.deepEqual(first?.record, record);
    assert.ok(first.score > 0);
    assert.deepEqual((await t.api.memories.recent({ workspace, kinds: ['observation'] }))[0], record);
    await assert.rejects(t.api.memories.recall({ query: 'x', workspace: '/nowhere' }), { code: 'not_found' });
    const url = `http://127.0.0.1:${t.discovery.port}/v1/memories/recall`;
    const headers = { authorization: `Bearer ${t.discovery.token}`, 'content-type': 'application/json' };
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query: 'flaky' }) });
    const { found } = (await answer.json()) as { found: (typeof first)[] };
    assert.equal(found[0]?.record.id, record.id);
  });

  it('a model that cannot be used is told in words; one is fetched only with its checksum', async () => {
    assert.deepEqual((await t.api.models.state({})).state, 'none');
    const folder = path.join(repository.folder, 'no-model');
    await t.api.settings.update({ memory: { model: folder } });
    const { state, reason } = await t.api.models.state({});
    assert.equal(state, 'unusable');
    assert.ok(reason?.includes(folder) && reason.includes('model.onnx'), reason ?? '');
    const status = await t.api.system.status({});
    assert.equal(status.state, 'AMNESIA');
    assert.match(status.health.find(({ subject }) => subject === 'model')?.message ?? '', /words alone/);
    assert.equal((await t.api.memories.recall({ query: 'clock' })).note, reason);
    await t.api.settings.update({ memory: { model: '' } });
    assert.equal((await t.api.system.status({})).state, 'FULL');
    const nowhere = { url: 'http://127.0.0.1:9/model.onnx', sha256: '0'.repeat(64) };
    const { id } = await t.api.models.fetch({ model: nowhere, tokenizer: nowhere });
    const failed = await eventually(async () =>
      (await t.api.jobs.list({})).find((job) => job.id === id && job.status === 'failed'),
    );
    assert.match(failed.message, /cannot be reached/);
    await assert.rejects(
      t.api.models.fetch({ model: { ...nowhere, url: 'file:///x' }, tokenizer: nowhere }),
      {
        code: 'bad_input',
      },
    );
  });

  it('a mask has a memory and a history of its own', async () => {
    await t.api.masks.note({ mask: 'cal', content: 'I prefer the smaller change', tone: 'calm' });
    const trace = await t.api.masks.trace({ mask: 'cal' });
    assert.deepEqual([trace.counts, trace.tones[0]?.tone], [[{ kind: 'observation', count: 1 }], 'calm']);
    const { found } = await t.api.memories.recall({ query: 'smaller change', mask: 'cal' });
    assert.equal(found.length, 1);
    assert.deepEqual((await t.api.memories.recall({ query: 'smaller change' })).found, []);
  });

  it('themes are found among what is remembered', async () => {
    for (let i = 0; i < 4; i++)
      await t.api.memories.remember({
        workspace,
        content: `Watering tomatoes in the garden, day ${i}`,
      });
    const { clusters } = await t.api.clusters.refit({});
    const found = await t.api.clusters.list({});
    assert.equal(found.length, clusters);
    const garden = found.find(({ name }) => name.includes('tomatoes'));
    assert.ok(garden && garden.size >= 4, JSON.stringify(found));
    assert.match(garden.members[0]!.excerpt, /^Watering tomatoes/);
  });

  it('a record can be looked into, changed, and taken out of the archive', async () => {
    const { id } = await t.api.memories.remember({ workspace, content: 'Ana has the key', tags: ['office'] });
    await t.api.memories.remember({ workspace, content: 'Ana  has the KEY.', author: 'Bo' });
    const changed = await t.api.memories.update({ id, pinned: true, tags: ['office', 'keys'] });
    assert.deepEqual([changed.pinned, changed.tags, changed.salience], [true, ['office', 'keys'], 0.5]);
    const { record, merged, salienceNow } = await t.api.memories.trace({ id });
    assert.deepEqual([record, salienceNow], [changed, 0.5]);
    assert.deepEqual(
      merged.map(({ content, author }) => ({ content, author })),
      [{ content: 'Ana  has the KEY.', author: 'Bo' }],
    );
    assert.equal((await t.api.memories.restore({ id })).archivedAt, null);
    for (const call of [
      t.api.memories.trace({ id: 'memory_none' }),
      t.api.memories.update({ id: 'memory_none', pinned: true }),
      t.api.memories.restore({ id: 'memory_none' }),
    ])
      await assert.rejects(call, { code: 'not_found' });
  });

  it('an archive is taken up by a job, and memory is given out and taken up again', async () => {
    const notes = path.join(repository.folder, 'notes');
    mkdirSync(notes);
    writeFileSync(path.join(notes, 'a.md'), '# Tiller\n\nBorrow the tiller from Bo.\n');
    const ended = async (id: string) =>
      eventually(async () => {
        const job = (await t.api.jobs.list({})).find((each) => each.id === id);
        return job && ['done', 'failed'].includes(job.status) ? job : null;
      });
    const { id, kind } = await t.api.memories.import({ path: notes, workspace });
    assert.equal(kind, 'import');
    assert.equal((await ended(id)).message, '1 record added, 0 known');
    const {
      found: [found],
    } = await t.api.memories.recall({ query: 'whose tiller?', workspace });
    assert.match(found?.record.source.uri ?? '', /^file:.*\/notes\/a\.md$/);
    assert.equal(found?.record.workspace, workspace);
    const history = await t.api.memories.import({ path: workspace });
    assert.equal((await ended(history.id)).message, '2 records added, 0 known');
    const [commit] = await t.api.memories.recent({ workspace, kinds: ['episode'] });
    assert.match(commit?.content ?? '', /^(?:feat: add|fix: another) /);

    const file = path.join(repository.folder, 'mind.jsonl');
    const written = await t.api.memories.export({ path: file });
    assert.equal(written.bytes, statSync(file).size);
    assert.ok(written.records >= 4);
    const again = await t.api.memories.import({ path: file });
    assert.equal((await ended(again.id)).message, `0 records added, ${written.records} known`);
    await using other = await testCompanion();
    await other.api.memories.import({ path: file });
    await eventually(async () => (await other.api.jobs.list({}))[0]?.status === 'done');
    const {
      found: [there],
    } = await other.api.memories.recall({ query: 'whose tiller?', workspace });
    // When it was recalled is told a moment later.
    const unread = { lastAccessed: null, accessCount: 0 };
    assert.deepEqual({ ...there?.record, ...unread }, { ...found.record, ...unread });
    // The folder came along, and can be forgotten there like any other.
    await other.api.workspaces.forget({ path: workspace });
    assert.deepEqual((await other.api.memories.recall({ query: 'tiller' })).found, []);

    await assert.rejects(t.api.memories.export({ path: file }), { code: 'conflict' });
    await assert.rejects(t.api.memories.import({ path: 'notes' }), { code: 'bad_input' });
    await assert.rejects(t.api.memories.import({ path: '/does/not/exist' }), { code: 'bad_input' });
    await assert.rejects(t.api.memories.import({ path: notes, workspace: '/nowhere' }), {
      code: 'not_found',
    });
    await assert.rejects(t.api.memories.import({ path: notes, format: 'chatgpt' }), { code: 'bad_input' });
    const refused = await t.api.memories.import({ path: file, format: 'claude-code' });
    assert.match((await ended(refused.id)).message, /expected a transcript of Claude Code/);
  });

  it('decisions and whispers are remembered', async () => {
    const why = 'one file, no server';
    await t.api.decisions.add({ workspace, question: 'Which store?', decision: 'SQLite', why });
    await t.api.whispers.add({ workspace, text: 'look at the store' });
    const {
      found: [found],
    } = await t.api.memories.recall({ query: 'why that store?', kinds: ['decision'], workspace });
    assert.match(found?.record.content ?? '', /SQLite[\s\S]*one file, no server/);
    const notes = await t.api.memories.recent({ kinds: ['whisper'], workspace });
    assert.ok(notes.length > 0);
  });
});
