import assert from 'node:assert/strict';
import fc from 'fast-check';
import { quorumOf, scoreOf, tally, trackRecord, type Vote } from '../../../companion/council/index.ts';

const SEED = { seed: 20261122, numRuns: 500 };
const CHOICES = ['preserve', 'fork', 'discard'];
const share = fc.double({ min: 0, max: 1, noNaN: true });
const vote = (voter: fc.Arbitrary<string>): fc.Arbitrary<Vote> =>
  fc.record({
    voter,
    choice: fc.option(fc.constantFrom(...CHOICES), { nil: null }),
    score: fc.tuple(share, share).map(([logic, stake]) => scoreOf(logic, stake)),
    weight: fc.double({ min: 0.5, max: 2, noNaN: true }),
  });
const ids = Array.from({ length: 12 }, (_, i) => `mask_${i}`);
const votes = fc
  .uniqueArray(fc.constantFrom(...ids), { maxLength: 12 })
  .chain((voters) => fc.tuple(...voters.map((voter) => vote(fc.constant(voter)))));
const at = (choice: string | null, score: number, voter: string, weight = 1): Vote => ({
  voter,
  choice,
  score,
  weight,
});

describe('council/tally', () => {
  it('[C4] no permutation of voters matters', () => {
    fc.assert(
      fc.property(votes, fc.array(fc.nat()), fc.nat(12), (some, keys, more) => {
        const shuffled = some
          .map((each, i) => [keys[i] ?? 0, each] as const)
          .sort(([a], [b]) => a - b)
          .map(([, each]) => each);
        const voters = some.length + more;
        assert.deepEqual(tally(shuffled, voters), tally(some, voters));
      }),
      SEED,
    );
  });

  it('[C4] an abstention never changes a share, only who is there', () => {
    fc.assert(
      fc.property(votes, (some) => {
        const before = tally(some, some.length + 1);
        const after = tally([...some, at(null, 0.9, 'mask_new', 2)], some.length + 1);
        assert.deepEqual([after.shares, after.cast], [before.shares, before.cast]);
        if (before.outcome !== 'no_quorum') assert.deepEqual(after, before);
      }),
      SEED,
    );
  });

  it('[C4] without a quorum nothing is decided, however clear; with it and .66 it is, and only then', () => {
    fc.assert(
      fc.property(votes, fc.nat(12), (some, more) => {
        const voters = some.length + more;
        const { outcome, choice, quorum, shares } = tally(some, voters);
        assert.equal(quorum, Math.max(1, Math.min(voters, Math.max(3, Math.ceil(voters / 2)))));
        if (some.length < quorum) assert.deepEqual([outcome, choice], ['no_quorum', null]);
        else {
          const best = shares[0]?.share ?? 0;
          if (best > 0.66 + 1e-9) assert.deepEqual([outcome, choice], ['decided', shares[0]!.choice]);
          if (best < 0.66 - 1e-9) assert.deepEqual([outcome, choice], ['contested', null]);
        }
        const sum = shares.reduce((whole, each) => whole + each.share, 0);
        assert.ok(sum === 0 || Math.abs(sum - 1) < 1e-9);
      }),
      SEED,
    );
    assert.equal(tally([at('fork', 1, 'a'), at('fork', 1, 'b')], 5).outcome, 'no_quorum');
    assert.equal(tally([], 3).outcome, 'no_quorum');
  });

  it('[C4] a share of exactly .66 is decided, whatever numbers make it up; one millionth less is not', () => {
    // Pieces of a hundredth to one, which floating point cannot add up exactly, each cut 66 to 34.
    const pieces = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(pieces, fc.constantFrom(0.5, 0.7, 1, 1.1, 1.7, 2), (raw, weight) => {
        const pro = raw.map((n, i) => at('preserve', (66 * n) / 10_000, `p${i}`, weight));
        const con = raw.map((n, i) => at('discard', (34 * n) / 10_000, `c${i}`, weight));
        const { outcome, choice, shares } = tally([...pro, ...con], 2 * raw.length);
        assert.deepEqual([outcome, choice], ['decided', 'preserve']);
        assert.ok(Math.abs(shares[0]!.share - 0.66) < 1e-12);
      }),
      SEED,
    );
    const uneven = [at('a', 0.1, '1'), at('a', 0.2, '2'), at('a', 0.36, '3'), at('b', 0.34, '4')];
    assert.equal(tally(uneven, 4).outcome, 'decided');
    const less = [...uneven.slice(0, 2), at('a', 0.359999, '3'), uneven[3]!];
    assert.equal(tally(less, 4).outcome, 'contested');
    // Weighted: 2 x .33 against .5 x .68.
    assert.equal(tally([at('a', 0.33, '1', 2), at('b', 0.68, '2', 0.5)], 2).outcome, 'decided');
  });

  it('[C4] ties are contested', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...CHOICES), { minLength: 2 }),
        share,
        fc.nat(3),
        (tied, score, twice) => {
          const some = tied.flatMap((choice) =>
            Array.from({ length: twice + 1 }, (_, i) => at(choice, score, `${choice}${i}`, 1.3)),
          );
          const { outcome, choice } = tally(some, some.length);
          const quorate = some.length >= quorumOf(some.length);
          assert.deepEqual([outcome, choice], [quorate ? 'contested' : 'no_quorum', null]);
        },
      ),
      SEED,
    );
    // Votes that are worth nothing decide nothing.
    assert.equal(tally([at('a', 0, '1'), at('a', 0, '2'), at('a', 0, '3')], 3).outcome, 'contested');
  });

  it('[C4] a voter counts once: more ballots of the same one gain it nothing', () => {
    fc.assert(
      fc.property(votes, fc.array(vote(fc.constantFrom(...ids)), { maxLength: 6 }), (some, again) => {
        const all = [...some, ...again];
        const count = tally(all, 12);
        const distinct = new Set(all.map(({ voter }) => voter)).size;
        assert.ok(count.cast <= distinct);
        assert.deepEqual(tally([...again, ...some].reverse(), 12), count);
        assert.deepEqual(tally([...all, ...all], 12), count);
      }),
      SEED,
    );
    const honest = [at('a', 0.5, '1'), at('b', 0.5, '2'), at('b', 0.5, '3')];
    const stuffed = [...honest, at('a', 1, '1', 2), at('a', 1, '1', 2), at('a', 1, '1', 2)];
    assert.deepEqual(tally(stuffed, 3), tally(honest, 3));
  });

  it('[C4] a guild of two reaches its quorum with both, and not with one', () => {
    assert.deepEqual([1, 2, 3, 4, 6, 7, 12].map(quorumOf), [1, 2, 3, 3, 3, 4, 6]);
    assert.equal(tally([at('a', 0.8, '1'), at('a', 0.4, '2')], 2).outcome, 'decided');
    assert.equal(tally([at('a', 0.8, '1'), at(null, 0, '2')], 2).outcome, 'decided');
    assert.equal(tally([at('a', 0.8, '1')], 2).outcome, 'no_quorum');
  });

  it('what came too late decides nothing', () => {
    const some = [at('a', 1, '1'), at('a', 1, '2'), at('a', 1, '3')];
    const { outcome, choice, shares } = tally(some, 3, { late: true });
    assert.deepEqual([outcome, choice, shares[0]?.share], ['expired', null, 1]);
  });

  it('a score is .7 logic + .3 stake; a weight follows the record and stays within .5 and 2', () => {
    assert.ok(Math.abs(scoreOf(0.8, 0.5) - 0.71) < 1e-12);
    const of = (hits: number, misses: number) => trackRecord({ hits, misses, waiting: 0 });
    assert.deepEqual([of(0, 0).rate, of(0, 0).weight], [0.5, 1]);
    assert.equal(of(6, 0).weight, 1.6);
    assert.equal(of(0, 96).weight, 0.5);
    fc.assert(
      fc.property(fc.nat(10_000), fc.nat(10_000), (hits, misses) => {
        const { weight, rate } = of(hits, misses);
        assert.ok(weight >= 0.5 && weight <= 2 && rate > 0 && rate < 1);
        assert.ok(of(hits + 1, misses).weight >= weight && of(hits, misses + 1).weight <= weight);
      }),
      SEED,
    );
  });
});
