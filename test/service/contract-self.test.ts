import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import type { ProgenyError } from '../../companion/protocol/index.ts';
import { eventually, type TestCompanion } from '../support/companion.ts';
import { type ContractWorld, contractWorld } from '../support/contract-world.ts';

describe('contract: a self, over a real socket', () => {
  let world: ContractWorld;
  let t: TestCompanion;
  let workspace: string;

  before(async () => {
    world = await contractWorld();
    ({ t, workspace } = world);
  });
  after(() => world[Symbol.asyncDispose]());

  it('beliefs are listed, offered, answered and forgotten; what is not there is said', async () => {
    assert.deepEqual(await t.api.review.queue({}), { items: [], more: 0 });
    assert.deepEqual(await t.api.review.list({ status: ['waiting'] }), []);
    const id = 'hypothesis_none';
    await assert.rejects(t.api.review.answer({ id, answer: 'confirm' }), { code: 'not_found' });
    await assert.rejects(t.api.review.forget({ id }), { code: 'not_found' });
    // An exception needs words, and words are an exception.
    await assert.rejects(t.api.review.answer({ id, answer: 'context' }), { code: 'bad_input' });
    await assert.rejects(t.api.review.answer({ id, answer: 'deny', text: 'no' }), { code: 'bad_input' });
  });

  it('what stands out in the work is told with its evidence, and can be dismissed', async () => {
    const signals = [0, 10, 20, 30, 40].map((minutes) => ({
      kind: 'test' as const,
      at: Date.now() - 50 * 60_000 + minutes * 60_000,
      passed: false,
      name: 'npm: test',
    }));
    await t.api.sensors.report({ workspace, signals });
    const stuck = await eventually(async () =>
      (await t.api.patterns.list({ workspace })).find(({ kind }) => kind === 'stuck'),
    );
    assert.equal(stuck.subject, 'npm: test');
    assert.match(stuck.text, /^Test npm: test has failed 5 times since/);
    assert.equal(stuck.evidence.length, 5);
    assert.equal((await t.api.patterns.dismiss({ id: stuck.id })).status, 'dismissed');
    assert.ok(!(await t.api.patterns.list({ workspace })).some(({ id }) => id === stuck.id));
    assert.ok((await t.api.patterns.list({ workspace, all: true })).some(({ id }) => id === stuck.id));
    const { events } = await t.api.events.list({ since: 0, limit: 1000 });
    const told = events
      .filter(({ subject, type }) => subject === stuck.id && type.startsWith('pattern.'))
      .map(({ type, data }) => [type, data]);
    assert.deepEqual(told, [
      ['pattern.found', { kind: 'stuck' }],
      ['pattern.dismissed', {}],
    ]);
    await assert.rejects(
      t.api.patterns.dismiss({ id: 'pattern_none' }),
      (error: ProgenyError) => error.code === 'not_found' && /progeny patterns/.test(error.message),
    );
  });

  it('self: a state in words, a history with causes, marks that can be taken back', async () => {
    const state = await t.api.self.state({});
    assert.deepEqual([state.tier, state.posture, state.mode, state.trust], ['T0', 'companion', 'live', 0.5]);
    assert.match(state.words, /^Live · beside you\. Without a click it reads and suggests \(T0\)\.$/);
    const status = await t.api.system.status({});
    assert.deepEqual([status.tier, status.posture, status.mode], ['T0', 'companion', 'live']);
    const loop = await t.api.loops.open({ workspace, title: 'to be closed' });
    await t.api.loops.update({ id: loop.id, status: 'blessed' });
    const [closed] = await t.api.self.history({ axis: 'warmth', limit: 1 });
    assert.deepEqual(
      closed?.kind === 'move' && [closed.words, closed.subject, closed.changes.map(({ axis }) => axis)],
      ['You closed a thread.', loop.id, ['warmth', 'valence']],
    );
    const mark = await t.api.self.mark({ text: 'moved house' });
    assert.ok(mark.kind === 'mark');
    assert.ok((await t.api.self.history({})).some((moment) => moment.kind === 'mark'));
    await t.api.self.unmark({ id: mark.id });
    assert.ok(!(await t.api.self.history({})).some((moment) => moment.kind === 'mark'));
    await assert.rejects(t.api.self.unmark({ id: mark.id }), { code: 'not_found' });
    await assert.rejects(t.api.self.mark({ text: 'x'.repeat(201) }), { code: 'bad_input' });
  });

  it('heritage: get, update, versions, diff, restore, forget', async () => {
    const of = async () => (await t.api.heritage.get({})).find(({ file }) => file === 'core');
    assert.deepEqual([(await of())?.version, (await of())?.source], [0, null]);
    await t.api.heritage.update({ file: 'core', patch: { name: 'Ana', values: ['clarity'] } });
    const changed = await t.api.heritage.update({ file: 'core', patch: { name: 'Bo' }, reason: 'Married' });
    assert.deepEqual([changed.version, changed.source, changed.reason], [2, 'user', 'Married']);
    assert.ok(changed.file === 'core');
    assert.deepEqual([changed.content.name, changed.content.values], ['Bo', ['clarity']]);
    await eventually(() => existsSync(changed.path) && readFileSync(changed.path, 'utf8').includes('"Bo"'));
    const { words, lines } = await t.api.heritage.diff({ file: 'core' });
    assert.deepEqual(words, ['`name` is now "Bo"; it was "Ana".']);
    assert.deepEqual(
      lines.filter(({ kind }) => kind !== 'same').map(({ text }) => text.trim()),
      ['"name": "Ana",', '"name": "Bo",'],
    );
    const restored = await t.api.heritage.restore({ file: 'core', version: 1 });
    assert.deepEqual([restored.version, restored.source], [3, 'restore']);
    assert.deepEqual(
      (await t.api.heritage.versions({ file: 'core' })).map(({ version }) => version),
      [3, 2, 1],
    );
    await assert.rejects(t.api.heritage.diff({ file: 'core', from: 9 }), { code: 'not_found' });
    await assert.rejects(t.api.heritage.restore({ file: 'core', version: 9 }), { code: 'not_found' });
    await assert.rejects(t.api.heritage.update({ file: 'core', patch: { name: 'x'.repeat(101) } }), {
      code: 'bad_input',
    });
    assert.equal((await t.api.heritage.forgetVersions({ file: 'core', dryRun: true })).versions, 2);
    assert.equal((await t.api.heritage.versions({ file: 'core' })).length, 3);
    assert.equal((await t.api.heritage.forgetVersions({ file: 'core' })).versions, 2);
    assert.equal((await t.api.heritage.versions({ file: 'core' })).length, 1);
    const { events } = await t.api.events.list({ since: 0, limit: 1000 });
    assert.ok(!JSON.stringify(events).includes('Married'));
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
});
