import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { WheelRun } from '../../companion/protocol/index.ts';
import { eventually, type TestCompanion } from '../support/companion.ts';
import { type ContractWorld, contractWorld } from '../support/contract-world.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { wheelParts } from '../support/wheel-doubles.ts';

const STEPS = [
  { tool: 'write', path: 'notes.md', text: 'two\n' },
  { tool: 'open_loop', title: 'look at the notes', context: '', file: 'src/clock.ts', line: 2 },
];

describe('contract: delegated work, over a real socket', function () {
  this.timeout(60_000);
  let world: ContractWorld;
  let t: TestCompanion;
  let workspace: string;
  const folder = temporaryFolder();

  before(async () => {
    const dataDirectory = path.join(folder.path, 'data');
    world = await contractWorld({ dataDirectory, wheel: await wheelParts(dataDirectory) });
    ({ t, workspace } = world);
    await t.api.settings.update({ wheel: { vetoSeconds: 0 } });
  });
  after(async () => {
    await world[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });

  const until = (id: string, status: WheelRun['status']) =>
    eventually(async () => {
      const run = await t.api.wheel.get({ id });
      return run.status === status ? run : null;
    });
  const propose = async (steps: object[] = STEPS) => {
    const options = { steps: JSON.stringify(steps), verify: JSON.stringify(['node', '-e', '']) };
    const { id } = await t.api.wheel.propose({ workspace, recipe: 'given', options });
    return await until(id, 'previewed');
  };
  const rest = (method: string, route: string, body?: object) =>
    fetch(`http://127.0.0.1:${t.discovery.port}${route}`, {
      method,
      headers: { authorization: `Bearer ${t.discovery.token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });

  it('what can be delegated is listed; what cannot is refused in words', async () => {
    const [recipe] = await t.api.wheel.recipes({ workspace });
    assert.deepEqual([recipe?.name, recipe?.unavailable], ['given', null]);
    await assert.rejects(t.api.wheel.recipes({ workspace: '/no/such/folder' }), { code: 'not_found' });
    await assert.rejects(t.api.wheel.propose({ workspace, recipe: 'none' }), { code: 'not_found' });
    await assert.rejects(t.api.wheel.propose({ workspace, recipe: 'given' }), { code: 'bad_input' });
    await assert.rejects(t.api.wheel.get({ id: 'run_none' }), { code: 'not_found' });
    await assert.rejects(t.api.wheel.list({ workspace: '/no/such/folder' }), { code: 'not_found' });
  });

  it('[A5] proposed, previewed, said yes to over the connection that was shown it, done, undone; REST and other connections cannot say yes', async () => {
    const run = await propose();
    assert.equal((await t.api.system.status({})).wheel?.run, run.id);
    assert.deepEqual(run.origin, { by: 'person', name: 'test' });
    const { id } = run;
    const overRest = await rest('GET', `/v1/wheel/${id}/preview`);
    const { digest } = (await overRest.json()) as { digest: string };
    assert.equal(digest, run.digest);
    assert.equal((await rest('POST', `/v1/wheel/${id}/approve`, { digest })).status, 403);
    assert.equal((await rest('POST', `/v1/wheel/${id}/seen`, { digest, visible: true })).status, 403);
    await assert.rejects(t.api.wheel.approve({ id, digest }), { code: 'conflict' });
    await assert.rejects(t.api.wheel.seen({ id, digest, visible: true }), { code: 'conflict' });
    const preview = await t.api.wheel.preview({ id });
    assert.deepEqual(
      preview.files.map((file) => [file.path, file.kind]),
      [['notes.md', 'changed']],
    );
    assert.deepEqual(preview.effects, ['Opens a thread: look at the notes.']);
    assert.equal((await t.api.wheel.file({ id, path: 'notes.md' })).after.text, 'two\n');
    await assert.rejects(t.api.wheel.file({ id, path: 'none' }), { code: 'not_found' });
    const other = await t.connect();
    await assert.rejects(other.api.wheel.approve({ id, digest }), { code: 'conflict' });
    assert.equal(readFileSync(path.join(workspace, 'notes.md'), 'utf8'), 'one\n');

    assert.equal((await t.api.wheel.seen({ id, digest, visible: true })).countdown, null);
    await t.api.wheel.approve({ id, digest, files: ['notes.md'] });
    const done = await until(id, 'done');
    assert.match(done.report!.verified, /ended well/);
    const thread = (await t.api.loops.list({ workspace })).find(({ title }) => title === 'look at the notes');
    assert.deepEqual(
      thread?.anchors.map(({ kind }) => kind),
      ['line'],
    );
    await assert.rejects(t.api.wheel.stop({ id }), { code: 'conflict' });
    await assert.rejects(t.api.wheel.undo({ id, files: ['none'] }), { code: 'conflict' });
    const undone = await t.api.wheel.undo({ id });
    assert.deepEqual([undone.status, undone.conflicts], ['undone', []]);
    assert.equal(readFileSync(path.join(workspace, 'notes.md'), 'utf8'), 'one\n');
    assert.equal((await t.api.loops.get({ id: thread!.id })).status, 'dropped');
    await assert.rejects(t.api.wheel.keep({ id }), { code: 'conflict' });
  });

  it('stopped before it begins; kept; watched until it is settled', async () => {
    const { id } = await propose();
    assert.equal((await t.api.wheel.stop({ id })).status, 'vetoed');
    const second = await propose();
    const states: string[] = [];
    const watching = (async () => {
      for await (const { status } of await t.api.wheel.watch({ id: second.id })) states.push(status);
    })();
    const { digest } = await t.api.wheel.preview({ id: second.id });
    await t.api.wheel.approve({ id: second.id, digest });
    await until(second.id, 'done');
    const trust = (await t.api.self.state({})).trust;
    assert.equal((await t.api.wheel.keep({ id: second.id })).status, 'kept');
    await watching;
    assert.equal(states.at(-1), 'kept');
    await eventually(async () => (await t.api.self.state({})).trust > trust);
    assert.deepEqual(
      (await t.api.wheel.list({ workspace, limit: 2 })).map((run) => run.id),
      [second.id, id],
    );
  });

  it('a forgotten folder takes its runs with it, and every byte that they held', async () => {
    const { id } = await propose([{ tool: 'write', path: 'secret.txt', text: 'canary-of-a-run' }]);
    const held = path.join(t.data, 'wheel');
    assert.deepEqual(
      readdirSync(held).filter((name) => name === id),
      [id],
    );
    await t.api.workspaces.forget({ path: workspace });
    assert.deepEqual(readdirSync(held), []);
    await assert.rejects(t.api.wheel.get({ id }), { code: 'not_found' });
    const { events } = await t.api.events.list({ since: 0, limit: 1000 });
    assert.ok(!JSON.stringify(events).includes('secret'));
    await t.api.workspaces.open({ path: workspace });
  });
});
