import assert from 'node:assert/strict';
import type { ProgenyError } from '../../companion/protocol/index.ts';
import { connectAgent, overHttp } from '../support/agent.ts';
import { eventually, type TestCompanion } from '../support/companion.ts';
import { type ContractWorld, contractWorld } from '../support/contract-world.ts';

describe('contract: advisers, council and guilds, over a real socket', function () {
  this.timeout(60_000);
  let world: ContractWorld;
  let t: TestCompanion;
  let workspace: string;

  before(async () => {
    world = await contractWorld();
    ({ t, workspace } = world);
  });
  after(() => world[Symbol.asyncDispose]());

  it('a free question is voted on by what memory and decisions say of its options; the user decides, and it is remembered', async () => {
    await t.api.decisions.add({ workspace, question: 'Queue?', decision: 'Redis', why: 'It works well.' });
    for (const content of ['Redis has been stable', 'the Redis queue is fast'])
      await t.api.memories.remember({ workspace, content });
    const asked = await t.api.council.ask({
      workspace,
      question: 'Which queue for the mails?',
      options: ['Redis', 'RabbitMQ'],
    });
    assert.deepEqual([asked.kind, asked.subject, asked.workspace], ['question', null, workspace]);
    assert.match(
      asked.measured[0]!.words,
      /^Redis: 3 records, newest 1 min old, chosen 1 time, 3 went well$/,
    );
    assert.equal(asked.rounds[0]!.ballots.length, 3);
    assert.ok(
      asked.evidence.some(
        ({ text, memory }) => memory !== null && text === 'Decision: Queue? → Redis It works well.',
      ),
    );
    const of = (name: string) => asked.rounds[0]!.ballots.find((ballot) => ballot.name === name)!.choice;
    assert.deepEqual([of('Cal'), of('Sage')], ['Redis', 'Redis']);
    assert.notEqual(of('Arty'), 'Redis');
    assert.deepEqual(await t.api.council.get({ id: asked.id }), asked);
    assert.deepEqual(await t.api.council.list({ workspace, limit: 5 }), [asked]);
    const decided = await t.api.council.decide({
      id: asked.id,
      choice: 'RabbitMQ',
      reason: 'Ops runs it anyway.',
    });
    assert.equal(decided.decision?.choice, 'RabbitMQ');
    const { found } = await t.api.memories.recall({ query: 'which queue for mails', kinds: ['decision'] });
    assert.equal(found[0]?.record.content, 'Which queue for the mails? → RabbitMQ\nOps runs it anyway.');
    await assert.rejects(t.api.council.decide({ id: asked.id, choice: 'Redis', reason: 'x' }), {
      code: 'conflict',
    });
    await assert.rejects(t.api.council.get({ id: 'proposal_none' }), { code: 'not_found' });
    await assert.rejects(t.api.council.decide({ id: 'proposal_none', choice: 'x' }), { code: 'not_found' });
    await assert.rejects(t.api.council.ask({ question: 'x?', options: ['a', 'A'] }), { code: 'bad_input' });
    await assert.rejects(t.api.council.ask({ question: 'x?', options: ['a'] }), { code: 'bad_input' });
    await assert.rejects(t.api.council.ask({ question: 'x?', options: ['a', 'b'], guild: 'guild_none' }), {
      code: 'not_found',
    });
    assert.deepEqual(await t.api.council.list({ workspace: '/no/such/folder' }), []);
    const { events } = await t.api.events.list({ since: 0, limit: 1000 });
    assert.ok(!JSON.stringify(events).includes('Ops runs'));
  });

  it('[C4] over the limit is a typed error with the time to retry', async () => {
    const ask = () => t.api.council.ask({ question: 'Tabs or spaces?', options: ['tabs', 'spaces'] });
    await ask();
    await assert.rejects(ask(), (error: ProgenyError) => {
      assert.equal(error.code, 'rate_limited');
      const ms = error.details.retryAfterMs as number;
      assert.ok(ms > 9 * 60_000 && ms <= 10 * 60_000, `${ms}`);
      return /asked once in 10 min\. Ask again in 10 min\.$/.test(error.message);
    });
  });

  it('the fate of a thread is voted on by what was measured of it; only the decision drops or splits it', async () => {
    const loops = await t.api.loops.list({ workspace });
    const branch = loops.find(({ source }) => source === 'branch')!;
    const asked = await t.api.council.fate({ loop: branch.id, correction: true });
    assert.deepEqual(
      [asked.kind, asked.subject, asked.options],
      ['loop_fate', branch.id, ['preserve', 'fork', 'discard']],
    );
    assert.equal(asked.rounds.length, 2);
    const names = asked.measured.map(({ name }) => name);
    assert.ok(
      ['idleDays', 'ahead', 'changes90'].every((name) => names.includes(name)),
      `${names}`,
    );
    assert.ok(asked.evidence.some(({ evidence }) => evidence !== null));
    assert.equal((await t.api.loops.get({ id: branch.id })).status, branch.status);
    const choice = 'fork';
    await t.api.council.decide({ id: asked.id, choice, reason: 'Two things in one.' });
    const child = (await t.api.loops.list({ workspace })).find(({ parentId }) => parentId === branch.id);
    assert.equal(child?.title, `${branch.title} (split off)`);

    const other = await t.api.loops.open({ workspace, title: 'a thing of the past' });
    const second = await t.api.council.fate({ loop: other.id });
    await t.api.council.decide({ id: second.id, choice: 'discard', reason: 'It is over.' });
    assert.equal((await t.api.loops.get({ id: other.id })).status, 'dropped');
    await assert.rejects(
      t.api.council.fate({ loop: other.id }),
      (error: ProgenyError) => error.code === 'conflict' && /is dropped already/.test(error.message),
    );
    await assert.rejects(t.api.council.fate({ loop: 'loop_none' }), { code: 'not_found' });
    // It waits for 90 days before what was done because of it is scored.
    for (const { id } of [asked, second]) assert.equal((await t.api.council.get({ id })).observed, null);
    const third = await t.api.loops.open({ workspace, title: 'another thing' });
    const vote = await t.api.council.fate({ loop: third.id });
    await t.api.loops.update({ id: third.id, status: 'blessed' });
    const observed = await eventually(async () => (await t.api.council.get({ id: vote.id })).observed);
    assert.deepEqual(observed.right, ['preserve', 'fork']);
  });

  it('[C7] a note that no mask fits offers one, which is made or refused only when the user says so', async () => {
    const text = 'too expensive, hours of upkeep: keep it cheap';
    const { id } = await t.api.whispers.add({ workspace, text });
    const [offer] = await eventually(async () => {
      const offers = await t.api.advisers.offers({});
      return offers.length > 0 ? offers : null;
    });
    assert.deepEqual([offer?.whisper, offer?.text], [id, text]);
    assert.equal((await t.api.advisers.list({})).length, 3);
    const mask = await t.api.advisers.spawn({ offer: offer!.id, name: 'Thrift' });
    assert.deepEqual([mask.name, mask.birth.from, mask.birth.source], ['Thrift', 'whisper', id]);
    await assert.rejects(t.api.advisers.spawn({ offer: offer!.id }), { code: 'not_found' });
    await t.api.whispers.add({ workspace, text: 'finish what is begun: one scope, no distractions' });
    const [second] = await eventually(async () => {
      const offers = await t.api.advisers.offers({});
      return offers.length > 0 ? offers : null;
    });
    await t.api.advisers.decline({ id: second!.id });
    await assert.rejects(t.api.advisers.decline({ id: second!.id }), { code: 'not_found' });
    const priorities = { risk: 0.1, effort: 0.1, value: 0.1, novelty: 0.1, focus: 1 };
    const fork = await t.api.advisers.fork({ id: 'mask_sage', name: 'Needle', priorities });
    assert.equal(fork.birth.source, 'mask_sage');
    await assert.rejects(t.api.advisers.fork({ id: 'mask_cal', name: 'Needle', priorities }), {
      code: 'conflict',
    });
    await assert.rejects(t.api.advisers.fork({ id: 'mask_none', name: 'x', priorities }), {
      code: 'not_found',
    });
    assert.equal((await t.api.advisers.retire({ id: fork.id })).status, 'retired');
    await assert.rejects(t.api.advisers.retire({ id: 'mask_cal' }), { code: 'conflict' });
    await assert.rejects(t.api.advisers.retire({ id: 'mask_none' }), { code: 'not_found' });
    assert.deepEqual(
      (await t.api.advisers.list({})).map(({ name, status }) => [name, status]),
      [
        ['Cal', 'active'],
        ['Arty', 'active'],
        ['Sage', 'active'],
        ['Thrift', 'active'],
        ['Needle', 'retired'],
      ],
    );
  });

  it('[C7] what an agent wrote through its door is offered by nobody, and refused in words', async () => {
    await t.api.workspaces.doors({ path: workspace, mcp: true });
    const { token } = await t.api.agents.add({ name: 'helper', actor: 'creator' });
    const agent = await connectAgent(overHttp(t.discovery.port, token));
    const content = 'what nobody asks: experiment, prototype, an unusual idea';
    const { data } = await agent.call('remember', { content });
    await agent.close();
    await assert.rejects(t.api.advisers.spawn({ offer: data.id as string }), {
      code: 'conflict',
      message: /^An agent wrote this note; advisers are made of your own notes only\.$/,
    });
    assert.deepEqual(await t.api.advisers.offers({}), []);
    // Nor is it evidence: of two options it speaks for neither.
    const { measured } = await t.api.council.ask({
      workspace,
      question: 'How?',
      options: ['prototype', 'specification'],
    });
    assert.equal(measured[0]!.words, 'prototype: nothing remembered');
  });

  it('an adviser tells of itself what it voted and where it comes from, and can be marked', async () => {
    const { mask, key, origin, votes, history } = await t.api.advisers.details({ id: 'mask_cal' });
    assert.deepEqual([mask.name, key, origin], ['Cal', 'Cal', { text: null, private: false, parent: null }]);
    assert.equal((await t.api.masks.trace({ mask: key })).mask, 'Cal');
    const asked = await t.api.council.list({ limit: 100 });
    const voted = asked.flatMap(({ id, rounds }) =>
      rounds
        .at(-1)!
        .ballots.filter(({ voter }) => voter === 'mask_cal')
        .map(({ choice }) => [id, choice]),
    );
    assert.ok(voted.length >= 4);
    assert.deepEqual(
      votes.map(({ proposal, choice }) => [proposal, choice]),
      voted,
    );
    assert.equal(history.length, mask.record.hits + mask.record.misses);
    assert.ok(history.length > 0);
    assert.equal(history.at(-1)?.rate, mask.record.rate);

    const thrift = (await t.api.advisers.list({})).find(({ name }) => name === 'Thrift')!;
    const born = await t.api.advisers.details({ id: thrift.id });
    assert.equal(born.origin.text, 'too expensive, hours of upkeep: keep it cheap');
    const needle = (await t.api.advisers.list({})).find(({ name }) => name === 'Needle')!;
    const forked = await t.api.advisers.details({ id: needle.id });
    assert.deepEqual(forked.origin.parent, { id: 'mask_sage', name: 'Sage' });
    // What a note says is told no more once its thread is private.
    const note = await t.api.whispers.list({ workspace, limit: 100 });
    const { loopId } = note.find(({ id }) => id === thrift.birth.source)!;
    await t.api.loops.update({ id: loopId, private: true });
    const hidden = await t.api.advisers.details({ id: thrift.id });
    assert.deepEqual([hidden.origin.text, hidden.origin.private], [null, true]);

    const marked = async () =>
      (await t.api.advisers.list({})).filter(({ favourite }) => favourite).map(({ name }) => name);
    assert.equal((await t.api.advisers.favour({ id: 'mask_cal', favourite: true })).favourite, true);
    await t.api.advisers.favour({ id: thrift.id, favourite: true });
    assert.deepEqual(await marked(), ['Cal', 'Thrift']);
    await t.api.advisers.favour({ id: 'mask_cal', favourite: false });
    assert.deepEqual(await marked(), ['Thrift']);
    await assert.rejects(t.api.advisers.details({ id: 'mask_none' }), { code: 'not_found' });
    await assert.rejects(t.api.advisers.favour({ id: 'mask_none', favourite: true }), { code: 'not_found' });
  });

  it('a guild is made, changed, votes, and is dissolved', async () => {
    const guild = await t.api.guilds.create({ name: 'Sober', members: ['mask_cal', 'creator'] });
    assert.deepEqual(
      guild.members.map(({ name, role }) => [name, role]),
      [
        ['Cal', 'lead'],
        ['You', 'voter'],
      ],
    );
    const changed = await t.api.guilds.update({ id: guild.id, add: ['mask_sage'], tone: 'calm' });
    assert.deepEqual([changed.members.length, changed.tone], [3, 'calm']);
    const { rounds } = await t.api.council.ask({
      question: 'Now?',
      options: ['now', 'later'],
      guild: guild.id,
    });
    assert.deepEqual(rounds[0]!.ballots.map(({ name }) => name).sort(), ['Cal', 'Sage', 'You']);
    assert.equal((await t.api.guilds.update({ id: guild.id, status: 'dissolved' })).status, 'dissolved');
    assert.equal((await t.api.guilds.list({}))[0]?.id, guild.id);
    await assert.rejects(t.api.guilds.create({ name: 'x', members: ['mask_cal', 'mask_none'] }), {
      code: 'not_found',
    });
    await assert.rejects(t.api.guilds.create({ name: 'x', members: ['mask_cal', 'mask_cal'] }), {
      code: 'conflict',
    });
    await assert.rejects(t.api.guilds.update({ id: 'guild_none' }), { code: 'not_found' });
  });
});
