import assert from 'node:assert/strict';
import type { ProgenyError } from '../../../companion/protocol/index.ts';
import { type CouncilWorld, councilWorld, MINUTE, question } from '../../support/council.ts';

const EFFORT = 'Too expensive: it costs hours of upkeep every week, keep it cheap';
const FOCUS = 'We drift: finish what is begun, one scope, no distractions';
const RISK = 'Dangerous, this may break production and lose data without a backup';
const CARES = { risk: 0.1, effort: 0.9, value: 0.2, novelty: 0.6, focus: 0.1 };

let notes = 0;
/** A note as the notes room writes it, with the memory that mirrors it. */
function whisper(t: CouncilWorld, text: string, by = 'person'): string {
  const id = `whisper_${++notes}`;
  const loop = t.addLoop(`loop_w${notes}`);
  t.store.mind.transact((tx) => {
    tx.run(
      "INSERT INTO whispers (id, workspace, loop, text, at) VALUES (?, 'ws_test', ?, ?, 0)",
      id,
      loop,
      text,
    );
    tx.run(
      `INSERT INTO memories (id, origin, kind, content, source, happened_at, recorded_at, salience, tags, pinned, written_by, asks)
        VALUES (?, ?, 'whisper', ?, '{}', 0, 0, .5, '[]', 0, ?, 0)`,
      `memory_${notes}`,
      id,
      text,
      by,
    );
    tx.emit({ type: 'whisper.added', subject: id });
  });
  t.council.observer.catchUp();
  return id;
}
const refused = (words: RegExp) => (error: ProgenyError) => {
  assert.equal(error.code, 'conflict');
  assert.match(error.message, words);
  return true;
};

describe('council/advisers', () => {
  it('Cal, Arty and Sage are there from the beginning, and always', async () => {
    await using t = await councilWorld();
    const [cal, arty, sage] = t.council.advisers.list();
    assert.deepEqual(
      [cal, arty, sage].map((mask) => [mask?.name, mask?.archetype, mask?.birth.from]),
      [
        ['Cal', 'guardian', 'always'],
        ['Arty', 'trickster', 'always'],
        ['Sage', 'sage', 'always'],
      ],
    );
    assert.deepEqual(cal?.record, { hits: 0, misses: 0, waiting: 0, rate: 0.5, weight: 1 });
    for (const { id } of [cal!, arty!, sage!])
      assert.throws(() => t.council.advisers.retire(id), refused(/always votes and cannot be retired/));
    await t.masks.note({ mask: 'Cal', tone: 'tense', kind: 'observation', cause: 'red tests' });
    assert.equal(t.council.advisers.get('mask_cal').tone, 'tense');
  });

  it('[C7] a note for which no mask fits offers one; nothing is made before the Yes, and then it votes', async () => {
    await using t = await councilWorld();
    const id = whisper(t, EFFORT);
    const [offer] = t.council.advisers.offers();
    assert.deepEqual([offer?.whisper, offer?.text], [id, EFFORT]);
    assert.ok(offer!.nearest.similarity < 0.3, `${offer?.nearest.similarity}`);
    assert.equal(t.council.advisers.list().length, 3);
    const mask = t.council.advisers.spawn({ offer: offer!.id });
    assert.deepEqual([mask.birth.from, mask.birth.source, mask.status], ['whisper', id, 'active']);
    assert.ok(mask.priorities.effort > 0.5);
    assert.deepEqual(t.council.advisers.offers(), []);
    const { rounds } = await t.council.put(question());
    assert.ok(rounds[0]!.ballots.some(({ voter }) => voter === mask.id));
    assert.throws(() => t.council.advisers.spawn({ offer: offer!.id }), { code: 'not_found' });
  });

  it('[C7] nothing is offered where a mask fits, for a plain reminder, or for a concern that a new mask has by now', async () => {
    await using t = await councilWorld();
    for (const text of [
      RISK,
      'handle CRLF in the parser',
      'buy milk',
      'ask Ana about the tests',
      'TODO 日本語 🙂',
    ])
      whisper(t, text);
    assert.deepEqual(t.council.advisers.offers(), []);
    whisper(t, EFFORT);
    whisper(t, `${EFFORT}, again`);
    const [newest, older] = t.council.advisers.offers();
    t.council.advisers.spawn({ offer: older!.id, name: 'Thrift' });
    assert.throws(
      () => t.council.advisers.spawn({ offer: newest!.id }),
      refused(/^Thrift fits this note already/),
    );
    whisper(t, 'it costs too many hours, another budget is overspent');
    assert.equal(t.council.advisers.offers().length, 1);
    // Another concern has still nobody.
    whisper(t, FOCUS);
    assert.equal(t.council.advisers.offers()[0]?.suggested.archetype, 'weaver');
  });

  it('[C7] a note that an agent wrote is never offered, and refused in words when it is asked for', async () => {
    await using t = await councilWorld();
    const id = whisper(t, EFFORT, 'agent');
    assert.deepEqual(t.council.advisers.offers(), []);
    assert.throws(() => t.council.advisers.spawn({ offer: id }), refused(/^An agent wrote this note/));
    assert.throws(
      () => t.council.advisers.spawn({ offer: `memory_${notes}` }),
      refused(/^An agent wrote this note/),
    );
    assert.equal(t.council.advisers.list().length, 3);
    // A person's own may be asked for by its id, declined before or not; it must still fit nobody.
    const own = whisper(t, EFFORT);
    t.council.advisers.decline(t.council.advisers.offers()[0]!.id);
    assert.equal(t.council.advisers.spawn({ offer: own, name: 'Thrift' }).name, 'Thrift');
    assert.throws(
      () => t.council.advisers.spawn({ offer: whisper(t, RISK) }),
      refused(/^Cal fits this note already/),
    );
    assert.throws(
      () => t.council.advisers.spawn({ offer: whisper(t, 'buy milk') }),
      refused(/does not show/),
    );
    assert.throws(() => t.council.advisers.spawn({ offer: 'whisper_none' }), { code: 'not_found' });
  });

  it('[C7] the thirteenth mask is refused in words, until one retires', async () => {
    await using t = await councilWorld();
    const { advisers } = t.council;
    for (let i = 0; i < 9; i++)
      advisers.fork({
        id: 'mask_cal',
        name: `Mask ${i}`,
        priorities: { ...CARES, risk: i * 0.11, value: 1 - i * 0.11 },
      });
    assert.equal(advisers.list().filter(({ status }) => status === 'active').length, 12);
    const more = () =>
      advisers.fork({ id: 'mask_arty', name: 'One more', priorities: { ...CARES, focus: 1 } });
    assert.throws(
      more,
      refused(/^12 advisers are active, which is the most there can be\. Retire one first/),
    );
    whisper(t, FOCUS);
    assert.deepEqual(advisers.offers(), []);
    assert.throws(() => advisers.spawn({ offer: `whisper_${notes}` }), { code: 'conflict' });
    advisers.retire(advisers.list()[3]!.id);
    assert.equal(more().name, 'One more');
  });

  it('[C7] a duplicate is refused in words: the same name in any case, or the same cares', async () => {
    await using t = await councilWorld();
    const { advisers } = t.council;
    assert.throws(
      () => advisers.fork({ id: 'mask_cal', name: 'cAL', priorities: CARES }),
      refused(/^There is an adviser called "cAL" already/),
    );
    const { priorities } = advisers.get('mask_sage');
    assert.throws(
      () =>
        advisers.fork({
          id: 'mask_sage',
          name: 'Twin',
          priorities: { ...priorities, risk: priorities.risk + 0.05 },
        }),
      refused(/^Sage cares about the same/),
    );
    const fork = advisers.fork({ id: 'mask_sage', name: 'Thrift', priorities: CARES });
    assert.deepEqual([fork.birth.from, fork.birth.source, fork.archetype], ['fork', 'mask_sage', 'sage']);
    // The name of a retired one stays its own: its memory goes by it.
    advisers.retire(fork.id);
    assert.throws(
      () => advisers.fork({ id: 'mask_cal', name: 'Thrift', priorities: CARES }),
      refused(/called "Thrift"/),
    );
    // What was noted for a mask that never was keeps the name, too.
    await t.masks.note({ mask: 'ghost', content: 'something', kind: 'observation', cause: '' });
    assert.throws(
      () => advisers.fork({ id: 'mask_cal', name: 'Ghost', priorities: CARES }),
      refused(/called "Ghost"/),
    );
  });

  it('[C7] a retired mask votes no more; its record and its past votes stay', async () => {
    await using t = await councilWorld();
    const { id } = t.council.advisers.fork({ id: 'mask_cal', name: 'Thrift', priorities: CARES });
    const asked = await t.council.put(question({ topic: 'x' }));
    const guild = t.council.guilds.create({ name: 'Two', members: ['mask_cal', id] }).id;
    const own = asked.rounds[0]!.ballots.find(({ voter }) => voter === id)!;
    t.council.decide({ id: asked.id, choice: own.choice ?? 'SQLite', reason: 'so' });
    t.clock.advance(MINUTE);
    t.store.mind.transact((tx) => {
      tx.run('UPDATE masks SET hits = 5, misses = 2 WHERE id = ?', id);
      tx.emit({ type: 'test', subject: id });
    });
    const retired = t.council.advisers.retire(id);
    assert.deepEqual([retired.status, retired.record.hits, retired.record.misses], ['retired', 5, 2]);
    assert.deepEqual(t.council.get(asked.id).rounds, asked.rounds);
    assert.equal(t.council.replay(asked.id).same, true);
    const { rounds } = await t.council.put(question({ topic: 'y' }));
    assert.ok(!rounds[0]!.ballots.some(({ voter }) => voter === id));
    assert.throws(() => t.council.advisers.retire(id), refused(/retired already/));
    // In a guild it is a member that votes no more.
    const { rounds: ofGuild } = await t.council.put(question({ topic: 'z', guild }));
    assert.deepEqual(
      ofGuild[0]!.ballots.map(({ name }) => name),
      ['Cal'],
    );
    // It is the last of the list.
    assert.equal(t.council.advisers.list().at(-1)?.id, id);
  });

  it('[C7] a declined note is not asked about again, not even after a restart; no more than five offers wait', async () => {
    await using t = await councilWorld();
    const id = whisper(t, EFFORT);
    const [offer] = t.council.advisers.offers();
    t.council.advisers.decline(offer!.id);
    assert.throws(() => t.council.advisers.decline(offer!.id), { code: 'not_found' });
    t.store.mind.transact((tx) => {
      tx.run("UPDATE meta SET value = '0' WHERE key = 'council.place'");
      tx.emit({ type: 'whisper.added', subject: id });
    });
    t.begin().observer.catchUp();
    assert.deepEqual(t.council.advisers.offers(), []);
    for (let i = 0; i < 7; i++) whisper(t, `${EFFORT} ${i}`);
    assert.equal(t.council.advisers.offers().length, 5);
  });

  it('[C7] neither name nor card nor voice of a suggested mask has a word of the note that is not its own', async () => {
    await using t = await councilWorld();
    whisper(t, `zebracanary ${EFFORT} quaggacanary`);
    const { suggested } = t.council.advisers.offers()[0]!;
    assert.doesNotMatch(JSON.stringify(suggested), /canary/);
    const mask = t.council.advisers.spawn({
      offer: t.council.advisers.offers()[0]!.id,
      archetype: 'creator',
    });
    assert.match(mask.card, /^Asks first: what it costs in time and upkeep\. Wants it built\./);
    assert.doesNotMatch(JSON.stringify(mask), /canary/);
  });
});
