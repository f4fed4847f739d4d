import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ProgenyError } from '../../companion/protocol/index.ts';
import { makeRepository, type TestRepository } from '../fixtures/repository.ts';
import { eventually, type TestCompanion, testCompanion } from '../support/companion.ts';

describe('contract, over a real socket', () => {
  let t: TestCompanion;
  let repository: TestRepository;
  let workspace: string;

  before(async () => {
    t = await testCompanion();
    repository = await makeRepository();
    repository.commit(
      { 'src/clock.ts': 'export const now = 1;\n// TODO freeze the clock in scheduler tests\n' },
      { message: 'feat: add a clock' },
    );
    repository.run('checkout', '-q', '-b', 'fix/clock');
    repository.commit(
      {
        'src/clock.ts':
          'export const now = 2;\n// TODO freeze the clock in scheduler tests\nexport const later = 3;\n',
      },
      { message: 'fix: another clock' },
    );
    repository.write({ 'notes.md': 'one\n' });
    workspace = (await t.api.workspaces.open({ path: repository.root })).path;
    const job = await t.api.workspaces.scan({ path: workspace });
    await eventually(async () => (await t.api.jobs.list({})).find((j) => j.id === job.id)?.status === 'done');
  });

  after(async () => {
    await t[Symbol.asyncDispose]();
    await repository[Symbol.asyncDispose]();
  });

  it('a connection begins with hello, and says which versions it speaks', async () => {
    const answer = await t.api.system.hello({
      protocol: { min: 1, max: 9 },
      client: { kind: 'test', version: '0' },
    });
    assert.equal(answer.protocol, 1);
    await assert.rejects(
      t.api.system.hello({ protocol: { min: 7, max: 9 }, client: { kind: 'test', version: '0' } }),
      (error: ProgenyError) =>
        error.code === 'incompatible' && /Stop the running companion/.test(error.message),
    );
  });

  it('status is a complete picture, watch tells it again when it changes', async () => {
    const status = await t.api.system.status({});
    assert.equal(status.state, 'FULL');
    assert.equal(status.workspaces.find((w) => w.path === workspace)?.branch, 'fix/clock');
    const stream = await t.api.system.watch({});
    const first = await stream.next();
    assert.equal(first.done, false);
    await t.api.loops.open({ workspace, title: 'one more' });
    const { seq } = first.value as typeof status;
    for await (const next of stream) if (next.seq > seq) break;
  });

  it('doctor examines runtime, git, store, disk and backup', async () => {
    const { checks } = await t.api.system.doctor({});
    assert.deepEqual(
      checks.slice(0, 5).map((check) => check.name),
      ['runtime', 'git', 'store', 'disk', 'backup'],
    );
    assert.equal(checks.find((check) => check.name === 'store')?.result, 'ok');
  });

  it('the brief rests on evidence that exists', async () => {
    const brief = await t.api.brief.get({ workspace });
    assert.equal(brief.branch, 'fix/clock');
    assert.match(brief.last?.text ?? '', /fix: another clock/);
    assert.equal(brief.loops[0]?.title, 'fix/clock');
    const next = brief.next[0];
    assert.match(next?.text ?? '', /Commit the 1 file of fix\/clock \(notes\.md\)/);
    const items = [
      ...(brief.last?.evidence ?? []),
      ...brief.loops.flatMap((l) => l.evidence),
      ...brief.next.flatMap((n) => n.evidence),
    ];
    assert.ok(items.length >= 5);
    for (const item of items) {
      if ('commit' in item) repository.run('cat-file', '-e', item.commit);
      else if ('branch' in item) repository.run('rev-parse', '--verify', '-q', item.branch);
      else assert.ok(item.line >= 1);
    }
  });

  it('loops: list, get, open, update; a change reaches subscribers of the event log', async () => {
    const listed = await t.api.loops.list({ workspace });
    assert.ok(
      listed.some((loop) => loop.source === 'branch') && listed.some((loop) => loop.source === 'todo'),
    );
    const opened = await t.api.loops.open({
      workspace,
      title: 'Rewrite the scheduler',
      anchors: [{ kind: 'line', file: 'src/clock.ts', line: 1, text: '', lost: false }],
    });
    assert.deepEqual(opened.anchors, [
      { kind: 'line', file: 'src/clock.ts', line: 1, text: 'export const now = 2;', lost: false },
    ]);
    const { last } = await t.api.events.list({ since: 0 });
    const stream = await t.api.events.subscribe({ since: last });
    const changed = await t.api.loops.update({ id: opened.id, status: 'blessed' });
    assert.equal(changed.status, 'blessed');
    const event = await stream.next();
    assert.ok(!event.done);
    assert.deepEqual(
      [event.value.type, event.value.subject, event.value.seq],
      ['loop.changed', opened.id, last + 1],
    );
    assert.equal((await t.api.loops.get({ id: opened.id })).status, 'blessed');
    await assert.rejects(t.api.loops.get({ id: 'loop_0' }), { code: 'not_found' });
    await stream.return?.();
  });

  it('a whisper on the line of a note joins its loop; elsewhere on a branch, the branch’s', async () => {
    const onNote = await t.api.whispers.add({
      workspace,
      text: 'sinon breaks here',
      file: 'src/clock.ts',
      line: 2,
    });
    assert.equal((await t.api.loops.get({ id: onNote.loopId })).source, 'todo');
    const onBranch = await t.api.whispers.add({ workspace, text: 'ask Bo about DST' });
    assert.equal((await t.api.loops.get({ id: onBranch.loopId })).title, 'fix/clock');
    assert.equal(onBranch.branch, 'fix/clock');
    const all = await t.api.whispers.list({ workspace, file: 'src/clock.ts' });
    assert.deepEqual(
      all.map((whisper) => whisper.text),
      ['sinon breaks here'],
    );
    await assert.rejects(t.api.whispers.add({ workspace, text: 'x', file: 'src/clock.ts', line: 99 }), {
      code: 'bad_input',
    });
  });

  it('decisions keep their reason', async () => {
    const made = await t.api.decisions.add({
      workspace,
      question: 'Which store?',
      decision: 'SQLite',
      why: 'one file, no server',
      options: ['SQLite', 'LMDB'],
    });
    assert.deepEqual((await t.api.decisions.list({ workspace }))[0], made);
  });

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

  it('[S6] a dream runs as a job, says what it did, and does nothing twice', async () => {
    const { job, message } = await t.api.dreams.run({ force: true });
    assert.match(message, /has begun/);
    const again = await t.api.dreams.run({ force: true });
    assert.deepEqual([again.job?.id, again.job?.kind], [job!.id, 'dream']);
    assert.match(again.message, /under way/);
    await eventually(
      async () => (await t.api.jobs.list({})).find(({ id }) => id === job!.id)?.status === 'done',
    );
    const last = await t.api.dreams.last({});
    assert.deepEqual([last?.status, last?.asked], ['done', 'person']);
    assert.ok(
      last!.lines.length > 0 && last!.stages.every(({ state }) => state === 'done'),
      JSON.stringify(last),
    );
    assert.deepEqual(await t.api.dreams.list({ limit: 5 }), [last]);
    const seq = (await t.api.system.status({})).seq;
    const third = await t.api.dreams.run({});
    assert.equal(third.job, null);
    assert.match(third.message, /a dream needs 60 min\. Nothing was changed\./);
    assert.equal((await t.api.system.status({})).seq, seq);
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
    const {
      found: [found],
    } = await t.api.memories.recall({ query: 'why that store?', kinds: ['decision'], workspace });
    assert.match(found?.record.content ?? '', /SQLite[\s\S]*one file, no server/);
    const notes = await t.api.memories.recent({ kinds: ['whisper'], workspace });
    assert.ok(notes.length > 0);
  });

  it('sensors accept signals of a window', async () => {
    const now = Date.now();
    const answer = await t.api.sensors.report({
      workspace,
      signals: [
        { kind: 'focus', at: now, focused: true },
        { kind: 'save', at: now, file: 'src/clock.ts' },
      ],
    });
    assert.equal(answer.accepted, 2);
    await assert.rejects(
      t.api.sensors.report({ workspace: '/nowhere', signals: [{ kind: 'focus', at: now, focused: true }] }),
      { code: 'not_found' },
    );
  });

  it('taps can be paused; the log of interruptions can be read', async () => {
    const until = Date.now() + 60_000;
    assert.equal((await t.api.interruptions.pause({ until })).pausedUntil, until);
    assert.equal((await t.api.system.status({})).pausedUntil, until);
    assert.equal((await t.api.interruptions.pause({ until: 0 })).pausedUntil, null);
    assert.ok(Array.isArray(await t.api.interruptions.list({})));
  });

  it('a change of settings leaves the others alone', async () => {
    const before = await t.api.settings.get({});
    const after = await t.api.settings.update({ interruption: { perDay: 1 } });
    assert.deepEqual(after, { ...before, interruption: { ...before.interruption, perDay: 1 } });
    await assert.rejects(t.api.settings.update({ interruption: { perDay: 99 } }), { code: 'bad_input' });
    assert.equal((await t.api.settings.get({})).interruption.perDay, 1);
  });

  it('jobs can be listed and, ended, not be cancelled any more', async () => {
    const job = (await t.api.jobs.list({})).find(({ kind }) => kind === 'scan');
    assert.equal((await t.api.jobs.cancel({ id: job?.id as string })).status, 'done');
    await assert.rejects(t.api.jobs.cancel({ id: 'job_0' }), { code: 'not_found' });
  });

  it('a browser logs in with a code that works once, and may not do everything', async () => {
    const { url } = await t.api.auth.code({});
    const code = new URL(url).hash.replace('#code=', '');
    const { token } = await t.api.auth.exchange({ code });
    await assert.rejects(t.api.auth.exchange({ code }), { code: 'unauthorized' });
    const rest = (path: string, init: RequestInit = {}) =>
      fetch(`${t.companion.address}${path}`, {
        ...init,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      });
    assert.equal((await rest('/v1/status')).status, 200);
    const stop = await rest('/v1/stop', { method: 'POST', body: '{}' });
    assert.deepEqual([stop.status, ((await stop.json()) as { code: string }).code], [403, 'forbidden']);
  });

  it('the companion can ask a client for what it declared', async () => {
    const asked: string[] = [];
    const client = await t.connect({
      capabilities: {
        tap: async (tap) => {
          asked.push(tap.text);
          return { outcome: 'engaged', action: 'show' };
        },
      },
    });
    await assert.rejects(client.api.clients.answer({ id: 'nothing', result: 1 }), { code: 'not_found' });
    const stream = await t.api.clients.requests({});
    await stream.return?.();
    assert.deepEqual(asked, []);
  });

  it('a backup restores what was there, and nothing that came after', async () => {
    const kept = await t.api.loops.open({ workspace, title: 'before the backup' });
    const backup = await t.api.backups.create({});
    const lost = await t.api.loops.open({ workspace, title: 'after the backup' });
    const { last } = await t.api.events.list({ since: 0 });
    assert.equal((await t.api.backups.list({}))[0]?.id, backup.id);
    const restored = await t.api.backups.restore({ id: backup.id });
    assert.equal(restored.restored.id, backup.id);
    assert.equal((await t.api.loops.get({ id: kept.id })).title, 'before the backup');
    await assert.rejects(t.api.loops.get({ id: lost.id }), { code: 'not_found' });
    assert.ok(
      (await t.api.events.list({ since: last })).events.every((event) => event.seq > last),
      'a sequence was given out twice',
    );
    await assert.rejects(t.api.backups.restore({ id: 'none' }), { code: 'not_found' });
  });

  it('workspaces: list, close, forget', async () => {
    assert.ok((await t.api.workspaces.list({})).some((w) => w.path === workspace));
    await t.api.workspaces.close({ path: workspace });
    assert.deepEqual(await t.api.workspaces.list({}), []);
    await assert.rejects(t.api.workspaces.scan({ path: workspace }), { code: 'not_found' });
    await assert.rejects(t.api.workspaces.open({ path: '/does/not/exist' }), { code: 'workspace_gone' });
    const kept = path.join(t.data, 'workspaces');
    assert.notDeepEqual(readdirSync(kept), []);
    await t.api.workspaces.forget({ path: workspace });
    assert.deepEqual(readdirSync(kept), []);
    assert.deepEqual(await t.api.loops.list({ status: ['proposed', 'open', 'blessed'] }), []);
    assert.deepEqual(await t.api.memories.recent({}), []);
    assert.deepEqual(
      (await t.api.memories.recall({ query: 'why are the scheduler tests flaky? which store?' })).found,
      [],
    );
    await assert.rejects(t.api.workspaces.forget({ path: workspace }), { code: 'not_found' });
  });

  it('stop ends it', async () => {
    await t.api.system.stop({});
    await t.companion.stopRequested;
  });
});
