import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { DATA_ENTRIES } from '../../companion/kernel/node.ts';
import { connectAgent, overHttp } from '../support/agent.ts';
import { type DelegatedWorld, delegatedWorld } from '../support/delegated-world.ts';
import { canary, traces } from '../support/traces.ts';

describe('delegated work, forgotten', function () {
  this.timeout(180_000);
  let world: DelegatedWorld;
  beforeEach(async () => {
    world = await delegatedWorld();
  });
  afterEach(() => world[Symbol.asyncDispose]());
  const left = (...words: string[]) => traces(world.t.data, words);
  const below = (name: string) => {
    const folder = path.join(world.t.data, name);
    return existsSync(folder) ? (readdirSync(folder, { recursive: true }) as string[]) : [];
  };
  const byAgent = async (options: { recipe: string; options?: object; why: string }) => {
    const { t, workspace } = world;
    await t.api.workspaces.doors({ path: workspace, mcp: true });
    const { token } = await t.api.agents.add({ name: 'helper' });
    const agent = await connectAgent(overHttp(t.discovery.port, token), 'helper');
    const { data } = await agent.call('propose_run', options);
    await agent.close();
    return await world.until(String(data.run), 'previewed');
  };

  it('[A9] a forgotten folder leaves no byte of its runs: plans, previews, changes, output, snapshots, reports, threads, reasons', async () => {
    const { t, repository, workspace } = world;
    const [asked, waiting, why, written, output, failing, name] = Array.from(
      { length: 7 },
      canary,
    ) as string[];
    repository.write({
      'check.js': `console.log('${output}'); console.log('TAP version 13\\nnot ok 1 - ${failing}\\n1..1'); process.exit(1);\n`,
      [`src/${name}.js`]: `var x = '${written}';\n`,
    });
    // Done; undone by its own failing verification, with its words in the report; waiting; asked by an agent.
    const done = await world.propose('changelog', { text: `The ${asked} is here.` });
    await world.approve(done.id);
    await world.until(done.id, 'done');
    const failed = await world.propose('fix-lint');
    await world.approve(failed.id);
    const back = await world.until(failed.id, 'rolled_back');
    assert.ok(back.report!.verified.includes(output!), back.report!.verified);
    const collected = await world.propose('collect-failures');
    await world.approve(collected.id);
    await world.until(collected.id, 'done');
    assert.ok(JSON.stringify(await t.api.loops.list({ workspace })).includes(failing!));
    await world.propose('changelog', { text: `And ${waiting} too.` });
    const proposed = await byAgent({
      recipe: 'changelog',
      options: { text: `Also ${waiting} again.` },
      why: `Because ${why}.`,
    });
    assert.notEqual(proposed.proposal, null);
    assert.ok(left(asked!).length > 0 && left(waiting!).length > 0 && left(why!).length > 0);
    assert.ok(below('snapshots').length > 0 && below('wheel').length > 0);
    assert.deepEqual(
      readdirSync(t.data).filter((entry) => !DATA_ENTRIES.includes(entry)),
      [],
    );
    await t.api.workspaces.forget({ path: workspace });
    assert.deepEqual(left(asked!, waiting!, why!, written!, output!, failing!, name!), []);
    // Snapshots are packed: what is not there shows nothing.
    for (const folder of ['snapshots', 'wheel', 'rehearsals'])
      assert.deepEqual(
        below(folder).filter((each) => !/\.lock$/.test(each)),
        [],
        folder,
      );
    assert.equal((await t.api.audit.verify({})).whole, true);
    await assert.rejects(t.api.council.get({ id: proposed.proposal! }), { code: 'not_found' });
  });

  it('[A9] forgetting by words reaches runs: those that wait end, and what they held is gone; others stay', async () => {
    const { t, workspace } = world;
    const [mine, theirs, reason, kept] = [canary(), canary(), canary(), canary()];
    const own = await world.propose('changelog', { text: `The ${mine} sails.` });
    const other = await world.propose('changelog', { text: `The ${kept} stays.` });
    const asked = await byAgent({
      recipe: 'changelog',
      options: { text: `The ${theirs} floats.` },
      why: `For ${reason}.`,
    });
    assert.equal((await t.api.council.get({ id: asked.proposal! })).subject, asked.id);
    const preview = await t.api.memories.forget({ select: { query: mine, workspace }, dryRun: true });
    assert.deepEqual([preview.runs, preview.memories, preview.preview.map(({ id }) => id)], [1, 0, [own.id]]);
    assert.equal((await t.api.wheel.get({ id: own.id })).status, 'previewed');
    for (const word of [mine, theirs]) await t.api.memories.forget({ select: { query: word } });
    assert.deepEqual(left(mine, theirs, reason), []);
    for (const { id } of [own, asked]) await assert.rejects(t.api.wheel.get({ id }), { code: 'not_found' });
    assert.deepEqual(
      below('wheel').filter((each) => !each.includes(path.sep)),
      [other.id],
    );
    assert.equal((await t.api.wheel.get({ id: other.id })).status, 'previewed');
    await world.approve(other.id);
    await world.until(other.id, 'done');
  });

  it('[A9] a run goes by its id, and by the question that the advisers were asked about it', async () => {
    const { t } = world;
    const [one, two] = [canary(), canary()];
    const own = await world.propose('changelog', { text: `The ${one}.` });
    await world.approve(own.id);
    await world.until(own.id, 'done');
    assert.equal((await t.api.memories.forget({ select: { ids: [own.id] } })).runs, 1);
    const asked = await byAgent({ recipe: 'changelog', options: { text: `The ${two}.` }, why: 'So.' });
    await t.api.memories.forget({ select: { ids: [asked.proposal!] } });
    await assert.rejects(t.api.wheel.get({ id: asked.id }), { code: 'not_found' });
    assert.deepEqual(left(one, two), []);
  });
});
