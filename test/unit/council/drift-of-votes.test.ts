import assert from 'node:assert/strict';
import { castVotes, conflictAbout, disagreement } from '../../../companion/council/index.ts';
import { maskDrift } from '../../../companion/drift/index.ts';
import type { Transaction } from '../../../companion/store/index.ts';
import { type CouncilWorld, clearly, councilWorld, DAY, question, START } from '../../support/council.ts';

const HOUR = DAY / 24;
const shares = (...each: number[]) => each.map((share, i) => ({ choice: `${i}`, share }));

/** A question about a loop with one stored round. */
function put(
  t: CouncilWorld,
  id: string,
  { at = START, outcome = 'decided', each = [1], votes = 3, number = 1 } = {},
): void {
  t.store.mind.transact((tx: Transaction) => {
    tx.run(
      `INSERT OR IGNORE INTO proposals (id, kind, workspace, subject, topic, question, options, measures, measured,
        evidence, guild, voters, at, deadline, due_at, outcome)
        VALUES (?, 'loop_fate', NULL, 'loop_a', 'loop_a', 'Keep?', '["preserve","fork","discard"]', '{}', '[]', '[]',
        NULL, 3, ?, ?, NULL, ?)`,
      ...[id, at, at + 1, outcome],
    );
    tx.run(
      'INSERT INTO rounds (proposal, number, at, shares, present, quorum, outcome, choice) VALUES (?, ?, ?, ?, 3, 3, ?, NULL)',
      ...[id, number, at, JSON.stringify(shares(...each)), outcome],
    );
    for (let i = 0; i < votes; i++)
      tx.run(
        `INSERT INTO ballots (proposal, round, voter, name, choice, logic, stake, score, weight, reason, evidence)
          VALUES (?, ?, ?, 'x', 'preserve', 1, 0, 1, 1, '', '[]')`,
        ...[id, number, `mask_${i}`],
      );
    tx.emit({ type: 'council.voted', subject: id, data: {} });
  });
}

describe('council/disagreement', () => {
  it('is 0 where all went to one option, 1 where they went to all alike, and in between by the lead', () => {
    const of = (...each: number[]) => disagreement({ shares: shares(...each), cast: 3 }, 3);
    assert.deepEqual([of(1), of(0.5, 0.5), of(1 / 3, 1 / 3, 1 / 3)], [0, 0.75, 1]);
    assert.ok(of(0.9, 0.1)! < of(0.7, 0.3)! && of(0.7, 0.3)! < of(0.5, 0.5)!);
    assert.equal(disagreement({ shares: shares(1), cast: 1 }, 3), null);
    assert.equal(disagreement({ shares: [], cast: 0 }, 3), null);
  });

  it('is that of the newest counted round as of a time, of the last 30 days', async () => {
    await using t = await councilWorld();
    const at = (now: number) => t.store.mind.read((reader) => conflictAbout(reader, 'loop_a', now));
    assert.equal(at(START), null);
    put(t, 'proposal_1', { each: [0.5, 0.5] });
    put(t, 'proposal_2', { at: START + DAY, outcome: 'no_quorum', each: [1], votes: 1 });
    put(t, 'proposal_3', { at: START + 2 * DAY, outcome: 'expired', each: [], votes: 0 });
    assert.deepEqual([at(START - 1), at(START), at(START + 3 * DAY)], [null, 0.75, 0.75]);
    // After a correction round the last word counts.
    put(t, 'proposal_1', { at: START + HOUR, each: [1], number: 2 });
    assert.deepEqual([at(START), at(START + HOUR)], [0.75, 0]);
    assert.deepEqual([at(START + 30 * DAY + HOUR), at(START + 30 * DAY + HOUR + 1)], [0, null]);
    assert.equal(
      t.store.mind.read((reader) => conflictAbout(reader, 'loop_b', START)),
      null,
    );
  });
});

describe('council/cast-votes', () => {
  it('what a mask voted last on each question, oldest first, and what came of it', async () => {
    await using t = await councilWorld();
    const votes = (mask: string) => t.store.mind.read((reader) => castVotes(reader, mask));
    assert.deepEqual(votes('mask_cal'), []);
    const first = await t.council.put(question({ correction: true }));
    t.clock.advance(HOUR);
    t.council.decide({ id: first.id, choice: 'PostgreSQL', reason: 'Ours.' });
    const loop = t.addLoop('loop_a');
    const about = { kind: 'loop_fate', subject: loop, topic: loop } as const;
    const fate = await t.council.put(
      question({ ...about, options: ['preserve', 'discard'], measures: clearly('for') }),
    );
    t.setLoop(loop, 'dropped');
    t.clock.advance(DAY);
    t.council.observer.catchUp();
    const of = (proposal: typeof fate) =>
      proposal.rounds.at(-1)!.ballots.find(({ voter }) => voter === 'mask_cal')!.choice;
    const [one, two] = votes('mask_cal');
    assert.deepEqual(one, {
      at: START,
      of: null,
      choice: of(first),
      right: of(first) === 'PostgreSQL',
      decided: first.choice === null ? null : of(first) === first.choice,
    });
    assert.deepEqual([two!.of, two!.choice, two!.at], ['loop_fate', of(fate), START + HOUR]);
    // Too seldom to say.
    assert.equal(maskDrift('mask_cal', votes('mask_cal'), START + 2 * DAY), null);
  });

  it('a mask that was right for long and then wrong has moved, and says so in words', async () => {
    await using t = await councilWorld();
    for (let i = 0; i < 26; i++) {
      const asked = await t.council.put(question({ topic: `topic ${i}` }));
      t.clock.advance(HOUR);
      const right = i < 14;
      t.council.decide({ id: asked.id, choice: right ? 'SQLite' : 'PostgreSQL', reason: 'x' });
      // What was decided as the council voted is scored when it has held.
      t.clock.advance(91 * DAY);
      t.council.observer.catchUp();
    }
    const votes = t.store.mind.read((reader) => castVotes(reader, 'mask_cal'));
    const drift = maskDrift('mask_cal', votes, t.clock.now())!;
    assert.notEqual(drift.band, 'stable');
    assert.match(drift.reasons[0]!, /^Right in 0 of 10 of its last votes, in 14 of 16 before$/);
  });
});
