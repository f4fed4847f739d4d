import assert from 'node:assert/strict';
import { type CastVote, maskDrift } from '../../../companion/drift/index.ts';
import { seededRandom } from '../../../companion/kernel/index.ts';

const DAY = 24 * 60 * 60 * 1000;
const votes = (n: number, from: number, vote: Partial<CastVote>): CastVote[] =>
  Array.from({ length: n }, (_, i) => ({
    at: (from + i) * DAY,
    of: 'loop_fate',
    choice: 'preserve',
    right: true,
    decided: true,
    ...vote,
  }));

describe('drift/mask-drift', () => {
  it('says nothing of a mask that voted too seldom, abstentions left out', () => {
    assert.equal(maskDrift('mask_a', votes(14, 0, {}), 20 * DAY), null);
    assert.equal(maskDrift('mask_a', votes(40, 0, { choice: null }), 50 * DAY), null);
  });

  it('a mask that votes as it did, as rightly as it did, is stable', () => {
    const drift = maskDrift('mask_a', votes(40, 0, {}), 40 * DAY)!;
    assert.deepEqual(
      [drift.kind, drift.band, drift.parts.magnitude, drift.parts.volatility],
      ['mask', 'stable', 0, 0],
    );
  });

  it('wrong where it was right, and other choices than before: further, with reasons', () => {
    const turned = [
      ...votes(30, 0, {}),
      ...votes(10, 30, { choice: 'discard', right: false, decided: false }),
    ];
    const drift = maskDrift('mask_a', turned, 40 * DAY)!;
    assert.ok(drift.rating > 0.6, `${drift.rating}`);
    assert.equal(drift.reasons[0], 'Right in 0 of 10 of its last votes, in 30 of 30 before');
    assert.ok(drift.reasons.includes('It chooses otherwise than in the 30 votes before'));
  });

  it('other questions are no other choices: free ones, and another kind of question, move nothing', () => {
    const asked = (n: number, from: number, of: string | null, choice: (i: number) => string) =>
      votes(n, from, { of }).map((vote, i) => ({ ...vote, choice: choice(i) }));
    const free = asked(40, 0, null, (i) => `option ${i}`);
    assert.equal(maskDrift('mask_a', free, 40 * DAY)!.parts.volatility, null);
    const other = [...votes(30, 0, {}), ...asked(10, 30, 'hypothesis', () => 'confirm')];
    assert.equal(maskDrift('mask_a', other, 40 * DAY)!.parts.volatility, null);
    const both = [
      ...asked(20, 0, null, (i) => `option ${i}`),
      ...votes(20, 20, {}),
      ...asked(4, 40, null, () => 'x'),
    ];
    assert.equal(
      maskDrift('mask_a', [...both, ...votes(6, 44, { choice: 'discard' })], 50 * DAY)!.parts.volatility,
      1,
    );
  });

  it('where nothing is known of outcomes the rest weighs more, and it is said', () => {
    const drift = maskDrift('mask_a', votes(40, 0, { right: null }), 40 * DAY)!;
    assert.equal(drift.parts.magnitude, null);
    assert.ok(drift.reasons.includes('Too little is known of what came of its votes'));
  });

  it('[C6] harmony never raises it: a vote that was right, decided and as ever', () => {
    for (let seed = 0; seed < 100; seed++) {
      const random = seededRandom(seed);
      const past = Array.from({ length: 30 }, (_, i): CastVote => {
        const choice = random.next() < 0.5 ? 'preserve' : 'discard';
        return {
          at: i * DAY,
          of: 'loop_fate',
          choice,
          right: random.next() < 0.5,
          decided: random.next() < 0.5,
        };
      });
      // The same vote, once without and once in harmony.
      const last = (vote: Partial<CastVote>) =>
        maskDrift(
          'm',
          [
            ...past,
            { at: 30 * DAY, of: 'loop_fate', choice: 'preserve', right: false, decided: false, ...vote },
          ],
          30 * DAY,
        )!;
      assert.ok(last({ right: true }).rating <= last({}).rating);
      assert.ok(last({ decided: true }).rating <= last({}).rating);
    }
  });
});
