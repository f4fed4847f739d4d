import assert from 'node:assert/strict';
import fc from 'fast-check';
import { keyOf, type Measures, readPerson } from '../../../companion/council/index.ts';
import {
  type CouncilWorld,
  clearly,
  councilWorld,
  DAY,
  MINUTE,
  optionMeasures,
  question,
} from '../../support/council.ts';

const FORGOTTEN = clearly('against');
const LIVELY = clearly('for');

async function vote(t: CouncilWorld, loop: string, measures: Measures) {
  const asked = await t.council.put(
    question({
      kind: 'loop_fate',
      options: ['preserve', 'fork', 'discard'],
      subject: loop,
      topic: loop,
      measures,
    }),
  );
  t.clock.advance(MINUTE);
  return asked;
}
const records = (t: CouncilWorld) =>
  Object.fromEntries(
    t.council.advisers
      .list()
      .map(({ name, record: { hits, misses, waiting } }) => [name, [hits, misses, waiting]]),
  );
const observed = (t: CouncilWorld, id: string) => {
  t.council.observer.catchUp();
  return t.council.get(id).observed;
};

describe('council/outcomes', () => {
  it('a loop that is finished or dropped without a decision scores the votes at once', async () => {
    await using t = await councilWorld();
    const [kept, dropped] = [t.addLoop('loop_a'), t.addLoop('loop_b')];
    const first = await vote(t, kept, FORGOTTEN);
    const second = await vote(t, dropped, FORGOTTEN);
    assert.deepEqual(records(t), { Cal: [0, 0, 2], Arty: [0, 0, 2], Sage: [0, 0, 2] });
    t.setLoop(kept, 'blessed');
    assert.deepEqual(observed(t, first.id)?.right, ['preserve', 'fork']);
    assert.deepEqual(records(t), { Cal: [0, 1, 1], Arty: [0, 1, 1], Sage: [0, 1, 1] });
    t.setLoop(dropped, 'dropped');
    assert.equal(observed(t, second.id)?.words, 'It was dropped.');
    assert.deepEqual(records(t), { Cal: [1, 1, 0], Arty: [1, 1, 0], Sage: [1, 1, 0] });
    // A mask remembers how it came out.
    const notes = t.store.mind.read((r) =>
      r.all<{ content: string }>("SELECT content FROM memories WHERE mask = 'Sage' ORDER BY rowid"),
    );
    assert.deepEqual(
      notes.slice(2).map(({ content }) => content),
      [
        'My vote "discard" was not borne out: It was finished.',
        'My vote "discard" was borne out: It was dropped.',
      ],
    );
  });

  it('what following the vote brought about is scored 90 days later: still dropped bears it out, taken up again does not', async () => {
    await using t = await councilWorld();
    const [a, b] = [t.addLoop('loop_a'), t.addLoop('loop_b')];
    const first = await vote(t, a, FORGOTTEN);
    const second = await vote(t, b, FORGOTTEN);
    for (const { id } of [first, second]) t.council.decide({ id, choice: 'discard', reason: '' });
    t.clock.advance(89 * DAY);
    assert.equal(observed(t, first.id), null);
    t.setLoop(b, 'open');
    assert.deepEqual(observed(t, second.id), {
      words: 'It was taken up again. Your "discard" was wrong.',
      right: ['preserve', 'fork'],
      at: t.clock.now(),
    });
    assert.deepEqual(records(t).Cal, [0, 1, 1]);
    t.clock.advance(DAY);
    assert.deepEqual(observed(t, first.id)?.words, 'It has stayed dropped. Your "discard" was right.');
    assert.deepEqual(records(t), { Cal: [1, 1, 0], Arty: [1, 1, 0], Sage: [1, 1, 0] });
  });

  it('preserved: finished bears it out after 90 days, dropped refutes it at once, nobody touching it refutes it after 90', async () => {
    await using t = await councilWorld();
    const ids = ['loop_a', 'loop_b', 'loop_c', 'loop_d'].map((id) => t.addLoop(id));
    const asked = [];
    for (const loop of ids) asked.push(await vote(t, loop, LIVELY));
    for (const { id, choice } of asked) {
      assert.equal(choice, 'preserve');
      t.council.decide({ id, choice: 'preserve', reason: '' });
    }
    t.clock.advance(MINUTE);
    t.setLoop(ids[0]!, 'blessed');
    t.setLoop(ids[1]!, 'dropped');
    assert.equal(observed(t, asked[0]!.id), null);
    assert.deepEqual(observed(t, asked[1]!.id)?.right, ['discard']);
    t.clock.advance(80 * DAY);
    t.setLoop(ids[3]!, 'open');
    t.clock.advance(10 * DAY);
    assert.deepEqual(
      asked.map(({ id }) => observed(t, id)?.words.split('.')[0]),
      ['It was finished', 'It was dropped', 'Nobody has touched it for a month', 'It is still worked on'],
    );
  });

  it('overruling is scored like a vote: the user has a record too', async () => {
    await using t = await councilWorld();
    const [a, b] = [t.addLoop('loop_a'), t.addLoop('loop_b')];
    const first = await vote(t, a, FORGOTTEN);
    t.council.decide({ id: first.id, choice: 'preserve', reason: 'I need it.' });
    t.clock.advance(MINUTE);
    t.setLoop(a, 'dropped');
    assert.equal(observed(t, first.id)?.words, 'It was dropped. Overruling the council was wrong.');
    const second = await vote(t, b, LIVELY);
    t.council.decide({ id: second.id, choice: 'discard', reason: 'It is another’s.' });
    t.clock.advance(90 * DAY);
    assert.equal(observed(t, second.id)?.words, 'It has stayed dropped. Overruling the council was right.');
    const { hits, misses, waiting } = t.store.mind.read(readPerson);
    assert.deepEqual([hits, misses, waiting], [1, 1, 0]);
  });

  it('a free question: overruled at once, followed after 90 days, decided otherwise in between', async () => {
    await using t = await councilWorld();
    const clear = { options: ['a', 'b'], measures: optionMeasures(9, 0) };
    // Let those decide who go by what is known.
    const guild = t.council.guilds.create({ name: 'Sober', members: ['mask_cal', 'mask_sage'] }).id;
    const ask = (topic: string) => t.council.put(question({ ...clear, topic, guild }));
    const overruled = await ask('x');
    assert.equal(overruled.choice, 'a');
    t.council.decide({ id: overruled.id, choice: 'b', reason: 'No.' });
    assert.deepEqual(observed(t, overruled.id)?.right, ['b']);
    assert.deepEqual(
      [records(t).Cal, records(t).Sage],
      [
        [0, 1, 0],
        [0, 1, 0],
      ],
    );

    const stood = await ask('y');
    t.council.decide({ id: stood.id, choice: 'a', reason: '' });
    const turned = await ask('z');
    t.council.decide({ id: turned.id, choice: 'a', reason: '' });
    t.clock.advance(20 * DAY);
    const again = await ask('z');
    t.council.decide({ id: again.id, choice: 'b', reason: 'Changed my mind.' });
    assert.equal(t.council.get(turned.id).observed?.words, 'You decided otherwise since.');
    t.clock.advance(70 * DAY);
    assert.equal(observed(t, stood.id)?.words, 'Your decision has stood for 90 days.');
    assert.deepEqual(records(t).Cal, [1, 3, 0]);
  });

  it('beliefs, actions and blessings are scored by what became of them', async () => {
    await using t = await councilWorld();
    const stance = { support: 5, against: 0, blockers: 0, supportCites: [], againstCites: [] };
    const ask = (kind: 'hypothesis' | 'action' | 'blessing', subject: string, options: string[]) =>
      t.council.put(question({ kind, subject, topic: subject, options, measures: { of: 'stance', stance } }));
    const belief = await ask('hypothesis', 'hypothesis_1', ['confirm', 'deny']);
    const action = await ask('action', 'run_1', ['approve', 'revise', 'reject']);
    const loop = t.addLoop('loop_a');
    const blessing = await ask('blessing', loop, ['bless', 'wait']);
    assert.deepEqual([belief.choice, action.choice, blessing.choice], ['confirm', 'approve', 'bless']);
    t.clock.advance(MINUTE);
    t.store.mind.transact((tx) => {
      tx.emit({ type: 'hypothesis.answered', subject: 'hypothesis_1', data: { answer: 'deny' } });
      tx.emit({ type: 'wheel.settled', subject: 'run_1', data: { outcome: 'success' } });
    });
    assert.deepEqual(observed(t, belief.id)?.right, ['deny']);
    assert.deepEqual(observed(t, action.id)?.right, ['approve']);
    t.council.decide({ id: blessing.id, choice: 'bless', reason: '' });
    t.setLoop(loop, 'blessed');
    assert.equal(observed(t, blessing.id), null);
    t.clock.advance(MINUTE);
    t.setLoop(loop, 'open');
    assert.deepEqual(observed(t, blessing.id)?.right, ['wait']);
  });

  it('one outcome scores one vote: what was asked again before is not scored', async () => {
    await using t = await councilWorld();
    const loop = t.addLoop('loop_a');
    const ids = [];
    for (let i = 0; i < 4; i++) {
      ids.push((await vote(t, loop, FORGOTTEN)).id);
      t.clock.advance(20 * MINUTE);
    }
    t.setLoop(loop, 'dropped');
    assert.deepEqual(
      ids.map((id) => observed(t, id)?.right),
      [[], [], [], ['discard']],
    );
    assert.deepEqual(records(t).Cal, [1, 0, 0]);
  });

  it('a question whose votes were cancelled leaves the one before it as it was', async () => {
    let ask = 0;
    await using t = await councilWorld({
      chosen: () => ({ answeredBy: { provider: 'ollama', model: 'x' }, local: true }),
      // biome-ignore lint/correctness/useYield: it fails before it writes anything
      async *generate({ signal }) {
        if (ask > 1) throw signal?.reason ?? new Error('gone');
        throw new Error('no model today');
      },
    });
    const loop = t.addLoop('loop_a');
    ask = 1;
    const first = await vote(t, loop, FORGOTTEN);
    t.clock.advance(20 * MINUTE);
    ask = 2;
    const again = question({
      kind: 'loop_fate',
      options: ['preserve', 'fork', 'discard'],
      subject: loop,
      topic: loop,
      measures: FORGOTTEN,
    });
    await assert.rejects(t.council.put(again, AbortSignal.abort(new Error('enough'))), /enough/);
    assert.equal(observed(t, first.id), null);
    t.setLoop(loop, 'dropped');
    assert.deepEqual(observed(t, first.id)?.right, ['discard']);
  });

  it('what was over before it was asked is no outcome of it', async () => {
    await using t = await councilWorld();
    const loop = t.addLoop('loop_a');
    t.setLoop(loop, 'dropped');
    t.setLoop(loop, 'open');
    t.clock.advance(1);
    const asked = await vote(t, loop, FORGOTTEN);
    assert.equal(observed(t, asked.id), null);
  });

  it('killed anywhere it comes to the same end, and nothing is scored twice', async () => {
    const run = async (restarts: readonly number[]) => {
      await using t = await councilWorld();
      let step = 0;
      let council = t.council;
      const next = () => {
        if (restarts.includes(step++)) {
          // The old one never sees what comes; the new one begins with what is stored.
          council.dispose();
          council = t.begin();
          council.start();
        }
      };
      for (const name of ['loop_a', 'loop_b', 'loop_c']) {
        const loop = t.addLoop(name);
        next();
        await vote(t, loop, FORGOTTEN);
        next();
        t.setLoop(loop, name === 'loop_b' ? 'blessed' : 'dropped');
        next();
        t.clock.advance(MINUTE);
      }
      const last = t.begin();
      last.start();
      last.observer.catchUp();
      last.start();
      return t.store.mind.read((r) => ({
        masks: r.all('SELECT id, hits, misses FROM masks ORDER BY id'),
        notes: r.all('SELECT count(*) AS n FROM memories'),
        outcomes: r.all('SELECT observed, borne_out FROM proposals ORDER BY id'),
      }));
    };
    const undisturbed = await run([]);
    assert.equal(JSON.stringify(undisturbed.masks).includes('"hits":2,"misses":1'), true);
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(8)), async (restarts) => {
        assert.deepEqual(await run(restarts), undisturbed);
      }),
      { seed: 3, numRuns: 10 },
    );
  });

  it('events that are looked at again, as after a crash, change nothing: not those before a decision either', async () => {
    await using t = await councilWorld();
    const loop = t.addLoop('loop_a');
    const asked = await vote(t, loop, FORGOTTEN);
    t.setLoop(loop, 'open');
    t.clock.advance(MINUTE);
    t.council.decide({ id: asked.id, choice: 'discard', reason: '' });
    assert.equal(observed(t, asked.id), null);
    t.council.dispose();
    t.store.mind.transact((tx) => {
      tx.run("UPDATE meta SET value = '0' WHERE key = 'council.place'");
      tx.emit({ type: 'test', subject: loop });
    });
    t.begin().start();
    assert.equal(t.council.get(asked.id).observed, null);
    assert.deepEqual(records(t).Cal, [0, 0, 1]);
  });

  it('weight follows the record from the next round on, and what was counted stays', async () => {
    await using t = await councilWorld();
    for (let i = 0; i < 4; i++) {
      const loop = t.addLoop(`loop_${i}`);
      await vote(t, loop, FORGOTTEN);
      t.setLoop(loop, 'blessed');
      t.council.observer.catchUp();
      t.clock.advance(MINUTE);
    }
    const { rounds } = await t.council.put(question());
    const weight = 2 * (2 / 8);
    assert.deepEqual(
      rounds[0]!.ballots.map((each) => each.weight),
      [weight, weight, weight],
    );
    const [, , , , first] = t.council.list({ limit: 10 });
    assert.deepEqual(
      first!.rounds[0]!.ballots.map((each) => each.weight),
      [1, 1, 1],
    );
    assert.equal(t.council.replay(first!.id).same, true);
    assert.equal(keyOf({ id: 'mask_x', name: 'Émile' }), 'mask_x');
  });
});
