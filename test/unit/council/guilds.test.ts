import assert from 'node:assert/strict';
import { type CouncilWorld, councilWorld, MINUTE, question } from '../../support/council.ts';

const [CAL, ARTY, SAGE] = ['mask_cal', 'mask_arty', 'mask_sage'] as const;
const update = (t: CouncilWorld, id: string, change: object) =>
  t.council.guilds.update({ id, add: [], remove: [], share: [], unshare: [], ...change });

describe('council/guilds', () => {
  it('[C4] a guild of two reaches its quorum with its own votes', async () => {
    await using t = await councilWorld();
    const guild = t.council.guilds.create({ name: 'Sober', members: [CAL, SAGE] });
    assert.deepEqual(
      guild.members.map(({ name, role }) => [name, role]),
      [
        ['Cal', 'lead'],
        ['Sage', 'voter'],
      ],
    );
    assert.equal(guild.agreement, null);
    const { rounds, outcome, choice } = await t.council.put(question({ guild: guild.id }));
    assert.deepEqual(
      rounds[0]!.ballots.map(({ name }) => name),
      ['Cal', 'Sage'],
    );
    assert.deepEqual([rounds[0]!.quorum, outcome, choice], [2, 'decided', 'SQLite']);
    assert.equal(t.council.guilds.list()[0]?.agreement, 1);
  });

  it('a person in a guild counts as present and abstains: theirs is the last word', async () => {
    await using t = await councilWorld();
    const { id } = t.council.guilds.create({ name: 'Us', members: ['creator', CAL] });
    const { rounds, choice } = await t.council.put(question({ guild: id }));
    const you = rounds[0]!.ballots.find(({ voter }) => voter === 'creator');
    assert.deepEqual([you?.name, you?.choice, you?.archetype], ['You', null, null]);
    assert.deepEqual([rounds[0]!.quorum, rounds[0]!.cast, choice], [2, 1, 'SQLite']);
    assert.equal(t.council.replay(t.council.list({ limit: 1 })[0]!.id).same, true);
  });

  it('two to twelve members who are there, somebody who votes; else it says what is wrong', async () => {
    await using t = await councilWorld();
    const { guilds } = t.council;
    const create = (...members: string[]) => guilds.create({ name: 'x', members });
    assert.throws(() => create(CAL, CAL), {
      code: 'conflict',
      message: /2 to 12 different members; this one would have 1/,
    });
    assert.throws(() => create(CAL, 'mask_none'), { code: 'not_found', message: /no adviser "mask_none"/ });
    const { id } = create(CAL, SAGE);
    assert.throws(() => update(t, id, { remove: [CAL] }), { code: 'conflict' });
    assert.throws(() => update(t, id, { share: ['loop_none'] }), { code: 'not_found' });
    assert.throws(() => update(t, id, { role: { member: ARTY, role: 'lead' } }), { code: 'not_found' });
    update(t, id, { role: { member: CAL, role: 'observer' } });
    assert.throws(() => update(t, id, { role: { member: SAGE, role: 'observer' } }), {
      code: 'conflict',
      message: /Somebody in a guild must vote/,
    });
    assert.throws(() => update(t, 'guild_none', {}), { code: 'not_found' });
    await assert.rejects(t.council.put(question({ guild: 'guild_none' })), { code: 'not_found' });
  });

  it('roles, shared loops, tone; an observer does not vote; a dissolved one votes no more', async () => {
    await using t = await councilWorld();
    const loop = t.addLoop('loop_a');
    const { id } = t.council.guilds.create({ name: 'Three', members: [CAL, SAGE, ARTY] });
    update(t, id, {
      role: { member: ARTY, role: 'observer' },
      share: [loop, loop],
      tone: 'focused',
      name: 'Two and one',
    });
    const [guild] = t.council.guilds.list();
    assert.deepEqual([guild?.name, guild?.loops, guild?.tone], ['Two and one', [loop], 'focused']);
    const { rounds } = await t.council.put(question({ guild: id }));
    assert.deepEqual(
      rounds[0]!.ballots.map(({ name }) => name),
      ['Cal', 'Sage'],
    );
    update(t, id, { unshare: [loop], tone: null, status: 'dissolved' });
    assert.deepEqual(
      [t.council.guilds.list()[0]?.loops, t.council.guilds.list()[0]?.status],
      [[], 'dissolved'],
    );
    t.clock.advance(MINUTE);
    await assert.rejects(t.council.put(question({ guild: id, topic: 'y' })), {
      code: 'conflict',
      message: /dissolved/,
    });
  });

  it('agreement is the share of its questions whose leading choice was decided; it blesses by its members’ records', async () => {
    await using t = await councilWorld();
    const { id } = t.council.guilds.create({ name: 'Sober', members: [CAL, SAGE] });
    for (const [topic, choice] of [
      ['a', 'SQLite'],
      ['b', 'PostgreSQL'],
      ['c', 'PostgreSQL'],
      ['d', 'SQLite'],
    ] as const) {
      const asked = await t.council.put(question({ guild: id, topic }));
      t.council.decide({ id: asked.id, choice, reason: 'so' });
    }
    assert.equal(t.council.guilds.list()[0]?.agreement, 0.5);
    const record = (hits: number, misses: number) =>
      t.store.mind.transact((tx) => {
        tx.run('UPDATE masks SET hits = ?, misses = ?', hits, misses);
        tx.emit({ type: 'test', subject: 'x' });
      });
    const blesses = () => t.council.guilds.list()[0]!.blesses;
    assert.equal(blesses(), false);
    record(4, 0);
    assert.equal(blesses(), false, 'eight known outcomes are too few');
    record(5, 1);
    assert.equal(blesses(), true);
    record(6, 6);
    assert.equal(blesses(), false);
  });
});
