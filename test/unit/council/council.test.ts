import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Measures } from '../../../companion/council/index.ts';
import type { ProgenyError, Proposal } from '../../../companion/protocol/index.ts';
import {
  type CouncilWorld,
  clearly,
  councilWorld,
  DAY,
  MINUTE,
  optionMeasures,
  question,
  START,
} from '../../support/council.ts';
import { ScriptedLanguage } from '../../support/scripted-language.ts';

const rateLimited = (least: number, most: number) => (error: ProgenyError) => {
  const ms = error.details.retryAfterMs as number;
  assert.equal(error.code, 'rate_limited');
  assert.ok(ms >= least && ms <= most, `${ms}`);
  assert.match(error.message, /Ask again in \d+ (min|h)\.$/);
  return true;
};
const fateOf = (t: CouncilWorld, loop: string, measures: Measures) =>
  t.council.put(
    question({
      kind: 'loop_fate',
      options: ['preserve', 'fork', 'discard'],
      subject: loop,
      topic: loop,
      measures,
    }),
  );
/** A loop that nothing speaks for. */
const FORGOTTEN = clearly('against');
const told = (t: CouncilWorld, type: string) =>
  t.store.mind.events(0, 10_000).filter((event) => event.type === type);
const votes = ({ rounds }: Proposal) => rounds.at(-1)!.ballots.map(({ name, choice }) => [name, choice]);

describe('council/council', () => {
  it('three masks vote at once on the same measures; the count is stored with ballots, weights and reasons', async () => {
    await using t = await councilWorld();
    const asked = await t.council.put(question());
    const [round] = asked.rounds;
    assert.deepEqual(
      round?.ballots.map(({ name, archetype }) => [name, archetype]),
      [
        ['Arty', 'trickster'],
        ['Cal', 'guardian'],
        ['Sage', 'sage'],
      ],
    );
    for (const ballot of round!.ballots) {
      assert.equal(ballot.weight, 1);
      assert.equal(ballot.answeredBy, null);
      assert.ok(ballot.reason.length > 5);
      if (ballot.choice !== null)
        assert.ok(Math.abs(ballot.score - (0.7 * ballot.logic + 0.3 * ballot.stake)) < 1e-12);
    }
    const [arty, cal, sage] = round!.ballots;
    assert.deepEqual([cal?.choice, sage?.choice], ['SQLite', 'SQLite']);
    assert.match(cal!.reason, /6 records/);
    assert.equal(arty?.choice, 'PostgreSQL');
    assert.match(arty!.reason, /has not been tried/);
    assert.deepEqual(t.council.get(asked.id), asked);
    assert.deepEqual(t.council.list({ limit: 10 }), [asked]);
    assert.deepEqual(
      told(t, 'council.voted').map(({ subject, data }) => [subject, data.rounds]),
      [[asked.id, 1]],
    );
    assert.ok(!JSON.stringify(t.store.mind.events(0, 100)).includes('database'));
    assert.throws(() => t.council.get('proposal_none'), { code: 'not_found' });
  });

  it('where nothing is known everybody abstains, and nothing is decided', async () => {
    await using t = await councilWorld();
    const { outcome, choice, rounds } = await t.council.put(question({ measures: optionMeasures(0, 0) }));
    assert.deepEqual([outcome, choice, rounds[0]?.cast, rounds[0]?.quorum], ['contested', null, 0, 3]);
    assert.match(rounds[0]!.ballots[0]!.reason, /Nothing is remembered/);
  });

  it('[C4] one round a subject in ten minutes, thirty rounds in 24 hours, with the time to retry', async () => {
    await using t = await councilWorld();
    await t.council.put(question({ topic: 'a' }));
    t.clock.advance(4 * MINUTE);
    await assert.rejects(t.council.put(question({ topic: 'a' })), rateLimited(6 * MINUTE, 6 * MINUTE));
    await t.council.put(question({ topic: 'b' }));
    t.clock.advance(6 * MINUTE);
    await t.council.put(question({ topic: 'a' }));
    // With a correction round it counts for two.
    for (let i = 0; i < 13; i++) await t.council.put(question({ topic: `c${i}`, correction: true }));
    await t.council.put(question({ topic: 'last' }));
    const left = DAY - 10 * MINUTE;
    await assert.rejects(t.council.put(question({ topic: 'd' })), rateLimited(left, left));
    // The second oldest goes four minutes later.
    await assert.rejects(
      t.council.put(question({ topic: 'd', correction: true })),
      rateLimited(left + 4 * MINUTE, left + 4 * MINUTE),
    );
    t.clock.advance(left);
    await t.council.put(question({ topic: 'd' }));
    assert.equal(t.council.list({ limit: 100 }).length, 18);
  });

  it('[C4] waiting as long as it says is always enough, and less never is', async () => {
    await using t = await councilWorld();
    await fc.assert(
      fc.asyncProperty(fc.nat(3), fc.nat(20 * MINUTE), async (topic, wait) => {
        t.clock.advance(wait);
        const ask = () => t.council.put(question({ topic: `t${topic}` }));
        const refused = await ask().then(
          () => null,
          (error: ProgenyError) => error,
        );
        if (!refused) return;
        const ms = refused.details.retryAfterMs as number;
        t.clock.advance(ms - 1);
        await assert.rejects(ask(), { code: 'rate_limited' });
        t.clock.advance(1);
        await ask();
      }),
      { seed: 5, numRuns: 60 },
    );
  });

  it('[C4] a voter has one ballot in a round: the store refuses another', async () => {
    await using t = await councilWorld();
    const { id } = await t.council.put(question());
    assert.throws(
      () =>
        t.store.mind.transact((tx) => {
          tx.run(
            "INSERT INTO ballots SELECT proposal, round, voter, name, archetype, priorities, 'PostgreSQL', 1, 1, 1, 2, '', '[]', NULL, NULL FROM ballots WHERE proposal = ? LIMIT 1",
            id,
          );
          tx.emit({ type: 'test', subject: id });
        }),
      /UNIQUE/,
    );
  });

  it('[C4] a stored round held again gives the same votes, counts and decision, also when masks have changed since', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(12), { minLength: 2, maxLength: 5 }),
        fc.boolean(),
        async (mentions, correction) => {
          await using t = await councilWorld();
          const options = mentions.map((_, i) => `option ${i}`);
          const asked = await t.council.put(
            question({ options, measures: optionMeasures(...mentions), correction }),
          );
          assert.equal(asked.rounds.length, correction ? 2 : 1);
          t.store.mind.transact((tx) => {
            tx.run("UPDATE masks SET hits = 40, priorities = '{}'");
            tx.emit({ type: 'test', subject: 'x' });
          });
          const again = t.council.replay(asked.id);
          assert.deepEqual(again.differences, []);
          assert.equal(again.same, true);
          const { outcome, choice } = again.rounds.at(-1)!;
          assert.deepEqual([outcome, choice], [asked.outcome, asked.choice]);
        },
      ),
      { seed: 11, numRuns: 25 },
    );
  });

  it('a replay notices what was changed by hand', async () => {
    await using t = await councilWorld();
    const { id } = await t.council.put(question());
    t.store.mind.transact((tx) => {
      tx.run("UPDATE ballots SET choice = 'PostgreSQL', logic = 1 WHERE proposal = ? AND name = 'Cal'", id);
      tx.emit({ type: 'test', subject: id });
    });
    const { same, differences } = t.council.replay(id);
    assert.equal(same, false);
    assert.ok(differences.includes('round 1, Cal: another vote'), `${differences}`);
  });

  it('the user decides last: overruling needs a reason, deciding twice and unknown choices are refused', async () => {
    await using t = await councilWorld();
    const asked = await t.council.put(question({ measures: optionMeasures(20, 20), options: ['a', 'b'] }));
    assert.equal(asked.outcome, 'contested');
    const free = t.council.decide({ id: asked.id, choice: 'b', reason: '' });
    assert.deepEqual(free.decision, { choice: 'b', overruled: false, reason: '', at: START });
    assert.throws(() => t.council.decide({ id: asked.id, choice: 'a', reason: 'x' }), { code: 'conflict' });

    const loop = t.addLoop('loop_old');
    const voted = await fateOf(t, loop, FORGOTTEN);
    assert.deepEqual([voted.outcome, voted.choice], ['decided', 'discard'], JSON.stringify(voted.rounds));
    assert.throws(
      () => t.council.decide({ id: voted.id, choice: 'preserve', reason: '' }),
      (error: ProgenyError) =>
        error.code === 'bad_input' && /say why you choose "preserve"/.test(error.message),
    );
    assert.throws(() => t.council.decide({ id: voted.id, choice: 'keep', reason: '' }), {
      code: 'bad_input',
      message: /expected preserve, fork, discard; received "keep"/,
    });
    const { decision } = t.council.decide({
      id: voted.id,
      choice: 'preserve',
      reason: 'A customer asked for it.',
    });
    assert.deepEqual([decision?.overruled, decision?.reason], [true, 'A customer asked for it.']);
    // The vote alone did nothing, and preserving does nothing either.
    assert.equal(t.loops.get(loop).status, 'open');
  });

  it('a vote does nothing to a loop; the user’s decision drops it, or splits it', async () => {
    await using t = await councilWorld();
    const [drop, fork] = [t.addLoop('loop_a'), t.addLoop('loop_b')];
    const first = await fateOf(t, drop, FORGOTTEN);
    assert.equal(t.loops.get(drop).status, 'open');
    t.council.decide({ id: first.id, choice: 'discard', reason: '' });
    assert.equal(t.loops.get(drop).status, 'dropped');
    const second = await fateOf(t, fork, FORGOTTEN);
    t.council.decide({ id: second.id, choice: 'fork', reason: 'Half of it lives.' });
    const child = t.loops.list({ limit: 10, status: ['open'] }).find(({ parentId }) => parentId === fork);
    assert.equal(child?.title, 'split');
    assert.equal(t.loops.get(fork).status, 'open');
    // A loop that goes leaves its child behind.
    t.store.mind.transact((tx) => {
      tx.run('DELETE FROM loops WHERE id = ?', fork);
      tx.emit({ type: 'loop.withdrawn', subject: fork });
    });
    assert.equal(t.loops.get(child!.id).parentId, null);
  });

  it('masks note what they voted in a memory of their own; the share of it that is about the subject is their stake', async () => {
    await using t = await councilWorld();
    const loop = t.addLoop('loop_a');
    const stakes = async () => {
      const { rounds } = await fateOf(t, loop, FORGOTTEN);
      t.clock.advance(20 * MINUTE);
      return rounds[0]!.ballots.find(({ name }) => name === 'Cal')!.stake;
    };
    assert.equal(await stakes(), 0);
    assert.equal(await stakes(), 1);
    await t.council.put(question({ topic: 'other' }));
    assert.equal(await stakes(), 2 / 3);
    const notes = t.store.mind.read((r) =>
      r.all<{ content: string }>("SELECT content FROM memories WHERE mask = 'Cal' ORDER BY rowid"),
    );
    assert.match(notes[0]!.content, /^On "Which database\?" I voted "discard"\. /);
  });

  it('in the correction round an unsure voter may be moved by arguments that are borne out, never an abstention', async () => {
    await using t = await councilWorld();
    const { rounds } = await t.council.put(question({ correction: true, measures: optionMeasures(9, 1) }));
    assert.equal(rounds.length, 2);
    const [first, second] = rounds.map(({ ballots }) => new Map(ballots.map((each) => [each.name, each])));
    for (const [name, before] of first!) {
      const after = second!.get(name)!;
      if (before.choice === null || before.logic >= 0.3) assert.equal(after.choice, before.choice);
      else assert.match(after.reason, /unsure/);
    }
    assert.equal(t.council.replay(t.council.list({ limit: 1 })[0]!.id).same, true);
  });

  it('a vote that is cancelled leaves nothing, and does not count for the limits', async () => {
    const cancel = new AbortController();
    const endless = async function* () {
      for (;;) {
        yield 'and ';
        cancel.abort(new Error('enough'));
      }
    };
    let begun = 0;
    const language = new ScriptedLanguage(() => {
      begun++;
      return cancel.signal.aborted ? ['no vote'] : endless();
    });
    await using t = await councilWorld(language);
    await assert.rejects(t.council.put(question(), cancel.signal), /enough/);
    assert.ok(begun > 0);
    assert.deepEqual(t.council.list({ limit: 10 }), []);
    const left = ['proposals', 'proposal_sources', 'rounds', 'ballots'].map((table) =>
      t.store.mind.read((reader) => reader.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)!.n),
    );
    assert.deepEqual(left, [0, 0, 0, 0]);
    assert.deepEqual(told(t, 'council.withdrawn').length, 1);
    assert.equal((await t.council.put(question())).outcome !== null, true);
  });

  it('what a killed process had asked and not voted on is told as expired, and counts for the limits', async () => {
    await using t = await councilWorld();
    const { id } = await t.council.put(question());
    // As the file is between the two transactions.
    t.store.mind.transact((tx) => {
      tx.run('DELETE FROM rounds WHERE proposal = ?', id);
      tx.run('UPDATE proposals SET outcome = NULL, choice = NULL WHERE id = ?', id);
      tx.emit({ type: 'test', subject: id });
    });
    assert.deepEqual(t.council.list({ limit: 10 }), []);
    assert.throws(() => t.council.decide({ id, choice: 'SQLite', reason: '' }), { code: 'conflict' });
    t.begin().start();
    const [found] = t.council.list({ limit: 10 });
    assert.deepEqual([found?.outcome, found?.choice, found?.rounds[0]?.ballots], ['expired', null, []]);
    assert.equal(t.council.replay(id).same, true);
    await assert.rejects(t.council.put(question()), { code: 'rate_limited' });
    assert.deepEqual(votes(found!), []);
  });
});
