import assert from 'node:assert/strict';
import type { GlobePoint } from '../../companion/protocol/index.ts';
import type { TestCompanion } from '../support/companion.ts';
import { type ContractWorld, contractWorld } from '../support/contract-world.ts';

describe('contract: the globe, over a real socket', () => {
  let world: ContractWorld;
  let t: TestCompanion;
  let workspace: string;

  before(async () => {
    world = await contractWorld();
    ({ t, workspace } = world);
  });
  after(() => world[Symbol.asyncDispose]());

  const all = async (limit: number, folder?: string): Promise<GlobePoint[]> => {
    const points: GlobePoint[] = [];
    let after: string | undefined;
    for (;;) {
      const page = await t.api.globe.page({
        limit,
        ...(after && { after }),
        ...(folder && { workspace: folder }),
      });
      points.push(...page.points);
      if (page.next === null) return points;
      after = page.next;
    }
  };
  const pointOf = async (id: string) => (await t.api.globe.points({ ids: [id] })).points[0];
  const recordOf = async (text: string) =>
    (await t.api.memories.recent({ limit: 50 })).find(({ content }) => content.includes(text))!;

  it('[W8] pages of any size tell the same points, each once, and how far one is', async () => {
    for (let n = 0; n < 12; n++)
      await t.api.memories.remember({ content: `memory ${n}`, kind: 'observation', workspace });
    await t.api.loops.open({ workspace, title: 'write it down' });
    const whole = await t.api.globe.page({ limit: 2000 });
    assert.equal(whole.next, null);
    assert.equal(whole.looked, whole.total);
    assert.ok(whole.seq > 0);
    const ids = whole.points.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    for (const limit of [1, 3, 7])
      assert.deepEqual(
        (await all(limit)).map(({ id }) => id),
        ids,
      );
    const loops = await t.api.loops.list({
      status: ['proposed', 'open', 'stale', 'deferred', 'blessed', 'dropped', 'merged'],
      limit: 1000,
    });
    const records = await t.api.memories.recent({ limit: 1000 });
    assert.deepEqual(ids.toSorted(), [...loops, ...records].map(({ id }) => id).toSorted());
  });

  it('a loop has its tone with its reason, its newest note and its dates; a record has its thread', async () => {
    const loop = await t.api.loops.open({ workspace, title: 'a new thread' });
    const fresh = await pointOf(loop.id);
    assert.deepEqual([fresh?.tone, fresh?.toneDeclared, fresh?.toneWords], ['curious', false, 'new']);
    await t.api.whispers.add({ workspace, text: 'first', loopId: loop.id });
    await t.api.whispers.add({ workspace, text: 'mind the leap second', loopId: loop.id });
    const noted = await pointOf(loop.id);
    assert.equal(noted?.whisper, 'mind the leap second');
    assert.equal(noted?.tone, 'focused');
    const note = await pointOf((await recordOf('leap second')).id);
    assert.deepEqual([note?.kind, note?.parent, note?.workspace], ['whisper', loop.id, workspace]);
    await t.api.loops.update({ id: loop.id, status: 'blessed' });
    const done = await pointOf(loop.id);
    assert.deepEqual([done?.status, done?.tone, done?.endedAt], ['blessed', 'calm', done?.touchedAt]);
  });

  it('a tone that was declared stands, by a panel before all', async () => {
    const declared = await t.api.memories.remember({
      content: 'that went well',
      kind: 'episode',
      tone: 'playful',
    });
    const point = await pointOf(declared.id);
    assert.deepEqual([point?.tone, point?.toneDeclared], ['playful', true]);
    const loop = await t.api.loops.open({ workspace, title: 'shared' });
    const masks = await t.api.advisers.list({});
    const guild = await t.api.guilds.create({
      name: 'Release',
      members: masks.slice(0, 2).map(({ id }) => id),
    });
    await t.api.guilds.update({ id: guild.id, share: [loop.id], tone: 'tense' });
    const shared = await pointOf(loop.id);
    assert.deepEqual(
      [shared?.tone, shared?.toneWords, shared?.guilds],
      ['tense', 'declared by the panel Release', [guild.id]],
    );
    assert.deepEqual((await t.api.globe.page({ limit: 1 })).guilds, [
      { id: guild.id, name: 'Release', tone: 'tense' },
    ]);
  });

  it('what is private has no words here, nor has a thread that is called by a private note', async () => {
    const loop = await t.api.loops.open({ workspace, title: 'canary-title', private: true });
    await t.api.whispers.add({ workspace, text: 'canary-note', loopId: loop.id });
    const point = await pointOf(loop.id);
    assert.deepEqual([point?.title, point?.private, point?.whisper], ['A private thread', true, null]);
    const called = await t.api.whispers.add({ workspace, text: 'canary-called\nand canary-more' });
    const record = await recordOf('canary-called');
    await t.api.memories.update({ id: record.id, private: true });
    assert.equal((await pointOf(record.id))?.title, 'A private note');
    if (called.loopId !== loop.id)
      assert.doesNotMatch(JSON.stringify(await pointOf(called.loopId)), /canary/);
    assert.doesNotMatch(JSON.stringify(await all(1000)), /canary/);
    assert.doesNotMatch(JSON.stringify(await t.api.globe.arcs({})), /canary/);
  });

  it('one folder alone; a folder that is not known is refused', async () => {
    await t.api.memories.remember({ content: 'of no folder' });
    const here = await all(5, workspace);
    assert.ok(here.length > 5 && here.every((point) => point.workspace === workspace));
    await assert.rejects(t.api.globe.page({ workspace: '/nowhere/at/all' }), { code: 'not_found' });
    await assert.rejects(t.api.globe.page({ after: 'records:x;y' }), { code: 'bad_input' });
    await assert.rejects(t.api.globe.page({ limit: 2001 }), { code: 'bad_input' });
  });

  it('what is archived or forgotten is no point any more', async () => {
    const record = await t.api.memories.remember({ content: 'to be forgotten', workspace });
    assert.equal((await pointOf(record.id))?.title, 'to be forgotten');
    await t.api.memories.forget({ select: { ids: [record.id] } });
    assert.equal(await pointOf(record.id), undefined);
  });

  it('ties threads that touch the same files', async () => {
    const anchors = [{ kind: 'file' as const, file: 'src/shared.ts' }];
    const one = await t.api.loops.open({ workspace, title: 'one', anchors });
    const two = await t.api.loops.open({ workspace, title: 'two', anchors });
    const ties = await t.api.globe.arcs({ workspace });
    const tie = ties.find(({ from, to }) => [one.id, two.id].includes(from) && [one.id, two.id].includes(to));
    assert.deepEqual([tie?.kind, tie?.words], ['files', '1 file: shared.ts']);
  });

  it('the log can be read for some types alone, page by page, to its end', async () => {
    const types = ['loop.opened', 'whisper.added'];
    const whole = (await t.api.events.list({ limit: 1000 })).events.filter(({ type }) =>
      types.includes(type),
    );
    assert.ok(whole.length > 5);
    const read: number[] = [];
    let since = 0;
    for (;;) {
      const page = await t.api.events.list({ since, limit: 3, types });
      read.push(...page.events.map(({ seq }) => seq));
      since = page.through;
      if (page.through >= page.last) break;
    }
    assert.deepEqual(
      read,
      whole.map(({ seq }) => seq),
    );
    const none = await t.api.events.list({ types: ['no.such'] });
    assert.deepEqual([none.events.length, none.through], [0, none.last]);
  });
});
