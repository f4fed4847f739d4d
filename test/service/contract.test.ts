import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { ProgenyError } from '../../companion/protocol/index.ts';
import type { TestRepository } from '../fixtures/repository.ts';
import type { TestCompanion } from '../support/companion.ts';
import { type ContractWorld, contractWorld } from '../support/contract-world.ts';

describe('contract, over a real socket', () => {
  let world: ContractWorld;
  let t: TestCompanion;
  let repository: TestRepository;
  let workspace: string;

  before(async () => {
    world = await contractWorld();
    ({ t, repository, workspace } = world);
  });
  after(() => world[Symbol.asyncDispose]());

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
    const stats = await t.api.interruptions.stats({ days: 7 });
    assert.deepEqual([stats.shown, stats.budget.perDay, stats.adapted], [0, 3, []]);
    await assert.rejects(t.api.interruptions.stats({ days: 0 }), { code: 'bad_input' });
    await assert.rejects(t.api.interruptions.explain({ id: 'tap_none' }), { code: 'not_found' });
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
