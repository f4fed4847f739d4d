import assert from 'node:assert/strict';
import type { Job } from '../../companion/protocol/index.ts';
import { eventually, type TestCompanion } from '../support/companion.ts';
import { type ContractWorld, contractWorld } from '../support/contract-world.ts';

describe('contract: how things went, over a real socket', () => {
  let world: ContractWorld;
  let t: TestCompanion;
  let workspace: string;
  before(async () => {
    world = await contractWorld();
    ({ t, workspace } = world);
  });
  after(() => world[Symbol.asyncDispose]());

  it('memories.growth counts what was remembered today, by kind and folder', async () => {
    const before = await t.api.memories.growth({ days: 7 });
    await t.api.memories.remember({ content: 'The cache lives for an hour.', kind: 'fact', workspace });
    await t.api.memories.remember({ content: 'Old news.', kind: 'observation', happenedAt: 1000 });
    const { step, spans, total } = await t.api.memories.growth({ days: 7 });
    assert.deepEqual([step, spans.length, total], ['day', 7, before.total + 2]);
    const today = spans.at(-1)!;
    assert.ok(today.at <= Date.now() && Date.now() < today.at + 26 * 3_600_000);
    assert.deepEqual(
      today.kinds.filter(({ kind }) => kind === 'fact' || kind === 'observation').map(({ n }) => n),
      [1, 1],
    );
    const here = await t.api.memories.growth({ days: 180, workspace });
    assert.equal(here.step, 'week');
    assert.equal(here.spans.at(-1)?.kinds.find(({ kind }) => kind === 'fact')?.n, 1);
    assert.equal(
      here.spans.at(-1)?.kinds.some(({ kind }) => kind === 'observation'),
      false,
    );
    await assert.rejects(t.api.memories.growth({ workspace: '/nowhere' }), { code: 'not_found' });
    await assert.rejects(t.api.memories.growth({ days: 0 }), { code: 'bad_input' });
  });

  it('loops.history follows threads as they are opened, signed off and dropped', async () => {
    const at = async () => (await t.api.loops.history({ days: 7, workspace })).spans.at(-1)!;
    const before = await at();
    const open = (await t.api.loops.list({ workspace, limit: 1000 })).filter(
      ({ status }) => status !== 'stale',
    );
    assert.equal(before.open, open.length);
    const [one, two] = await Promise.all([
      t.api.loops.open({ workspace, title: 'one' }),
      t.api.loops.open({ workspace, title: 'two' }),
    ]);
    await t.api.loops.update({ id: one.id, status: 'blessed' });
    await t.api.loops.update({ id: two.id, status: 'dropped' });
    await t.api.loops.open({ workspace, title: 'three' });
    const after = await at();
    assert.deepEqual(
      [after.opened - before.opened, after.finished - before.finished, after.dropped - before.dropped],
      [3, 1, 1],
    );
    assert.equal(after.open, before.open + 1);
    await assert.rejects(t.api.loops.history({ workspace: '/nowhere' }), { code: 'not_found' });
  });

  it('jobs.watch tells the picture at once, and again when a job moves', async () => {
    const ending = new AbortController();
    const pictures: Job[][] = [];
    const stream = await t.api.jobs.watch({}, { signal: ending.signal });
    const reading = (async () => {
      for await (const jobs of stream) pictures.push(jobs);
    })().catch(() => {});
    await eventually(() => pictures.length === 1);
    const job = await t.api.workspaces.scan({ path: workspace });
    await eventually(() => pictures.at(-1)?.find(({ id }) => id === job.id)?.status === 'done');
    assert.ok(pictures.length < 12, `${pictures.length} pictures of one short job`);
    ending.abort();
    await reading;
  });
});
