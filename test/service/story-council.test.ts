import assert from 'node:assert/strict';
import type { StoryLine } from '../../companion/protocol/index.ts';
import { eventually, type TestCompanion } from '../support/companion.ts';
import { type ContractWorld, contractWorld } from '../support/contract-world.ts';

describe('the story of the council, over a real socket', function () {
  this.timeout(60_000);
  let world: ContractWorld;
  let t: TestCompanion;
  let workspace: string;

  before(async () => {
    world = await contractWorld();
    ({ t, workspace } = world);
  });
  after(() => world[Symbol.asyncDispose]());

  const tells = async (plain: RegExp): Promise<StoryLine> => {
    let all: StoryLine[] = [];
    return eventually(async () => {
      all = await t.api.story.list({ limit: 100 });
      return all.find((line) => plain.test(line.plain)) ?? null;
    }).catch((error: unknown) => {
      throw new Error(`${plain}: ${all.map((line) => line.plain).join('\n')}`, { cause: error });
    });
  };

  it('a vote, the word of the user and how it came out are told, with what it was about', async () => {
    for (const content of ['Redis went well', 'Redis is fast and stable', 'we chose Redis'])
      await t.api.memories.remember({ workspace, content });
    const options = ['Redis', 'RabbitMQ'];
    const asked = await t.api.council.ask({ workspace, question: 'Which queue?', options });
    const voted = await tells(/^The advisers (?:on|disagree on) "Which queue\?": Redis, \d+ % of the vote$/);
    assert.deepEqual([voted.subject, voted.workspace], [asked.id, workspace]);
    await t.api.council.decide({ id: asked.id, choice: 'RabbitMQ', reason: 'canary-reason' });
    await tells(/^You decided on "Which queue\?": RabbitMQ(?:, against the council)?$/);
    const loop = await t.api.loops.open({ workspace, title: 'tidy up' });
    await t.api.council.fate({ loop: loop.id });
    await tells(/"tidy up"/);
    await t.api.loops.update({ id: loop.id, status: 'blessed' });
    await tells(/^How "tidy up" came out: It was finished\.$/);
    assert.ok(!JSON.stringify(await t.api.story.list({ limit: 100 })).includes('canary'));
  });

  it('advisers and panels come and go', async () => {
    await t.api.whispers.add({ workspace, text: 'too expensive, hours of upkeep: keep it cheap' });
    const [offer] = await eventually(async () => {
      const offers = await t.api.advisers.offers({});
      return offers.length > 0 ? offers : null;
    });
    await tells(/^A note fits none of your advisers; Thrift could be made of it$/);
    await t.api.advisers.spawn({ offer: offer!.id });
    await tells(/^New adviser: Thrift, made of a note of yours$/);
    const priorities = { risk: 0.1, effort: 0.1, value: 0.1, novelty: 0.1, focus: 1 };
    const fork = await t.api.advisers.fork({ id: 'mask_sage', name: 'Needle', priorities });
    await tells(/^New adviser: Needle, after Sage$/);
    await t.api.advisers.retire({ id: fork.id });
    await tells(/^Needle votes no more$/);
    const guild = await t.api.guilds.create({ name: 'Sober', members: ['mask_cal', 'mask_sage'] });
    await tells(/^New panel: "Sober", 2 members$/);
    await t.api.guilds.update({ id: guild.id, tone: 'calm' });
    await t.api.guilds.update({ id: guild.id, status: 'dissolved' });
    await tells(/^The panel "Sober" is dissolved$/);
  });

  it('a private thread has no name in it; what is forgotten is told no more', async () => {
    const title = 'canary-title';
    const hidden = await t.api.loops.open({ workspace, title, private: true });
    const asked = await t.api.council.fate({ loop: hidden.id });
    await t.api.council.decide({ id: asked.id, choice: 'discard', reason: 'canary-reason' });
    const told = await tells(/^You decided on a private thread: discard/);
    assert.equal(told.subject, asked.id);
    const all = JSON.stringify([await t.api.story.list({ limit: 100 }), await t.api.story.day({})]);
    assert.ok(!all.includes('canary'), all);
    const options = ['left', 'right'];
    const question = 'Which zebra crossing?';
    const gone = await t.api.council.ask({ workspace, question, options });
    await tells(/zebra/);
    await t.api.memories.forget({ select: { query: 'zebra crossing' }, dryRun: false });
    await eventually(async () =>
      (await t.api.story.list({ limit: 100 })).every(({ subject }) => subject !== gone.id),
    );
  });
});
