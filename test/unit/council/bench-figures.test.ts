import assert from 'node:assert/strict';
import { UNMEASURED } from '../../../companion/council/fate-measures.ts';
import { seededRandom } from '../../../companion/kernel/index.ts';
import { interval, RankedScores, resample } from '../../bench/support/council/bootstrap.ts';
import { BETTER, type Figure, figuresOf, type Judged } from '../../bench/support/council/figures.ts';
import { fitLogistic, logOdds } from '../../bench/support/council/logistic.ts';
import { leansWithRecords, weightOf } from '../../bench/support/council/track-record.ts';
import { councilLean, type Vote } from '../../bench/support/council/voters.ts';

const auc = (scores: number[], positive: boolean[], counts: number[] | null = null) =>
  new RankedScores(scores, positive).auc(counts);

describe('bench council/area under the curve', () => {
  it('is the share of pairs in the right order', () => {
    assert.equal(auc([1, 2, 3, 4], [false, false, true, true]), 1);
    assert.equal(auc([4, 3, 2, 1], [false, false, true, true]), 0);
    // Pairs (positive above negative): .8 over .1 and .4; .35 over .1 but not .4: 3 of 4.
    assert.equal(auc([0.1, 0.4, 0.35, 0.8], [false, false, true, true]), 0.75);
  });

  it('counts a tie half, and nothing where one kind is missing', () => {
    assert.equal(auc([1, 1, 1], [true, false, false]), 0.5);
    assert.equal(auc([1, 2, 2, 3], [false, true, false, true]), (1 + 0.5 + 2) / 4);
    assert.equal(auc([1, 2], [true, true]), null);
  });

  it('counts are repetitions', () => {
    const positive = [false, true, false, true];
    assert.equal(
      auc([3, 1, 2, 4], positive, [2, 0, 1, 3]),
      auc([3, 3, 2, 4, 4, 4], [false, false, false, true, true, true]),
    );
    assert.equal(
      auc([3, 1, 2, 4], positive, [2, 2, 1, 1]),
      auc([3, 3, 1, 1, 2, 4], [false, false, true, true, false, true]),
    );
  });
});

describe('bench council/bootstrap', () => {
  it('draws repositories, then whole comments within them', () => {
    const repositories = [
      [[0, 1], [2]],
      [[3], [4], [5, 6]],
    ];
    const random = seededRandom(1);
    let both = 0;
    for (let i = 0; i < 200; i++) {
      const counts = resample(repositories, 7, random);
      assert.equal(counts[0], counts[1]);
      assert.equal(counts[5], counts[6]);
      const [first, second] = [counts[0]! + counts[2]!, counts[3]! + counts[4]! + counts[5]!];
      // Two draws of repositories: as many comments as those have.
      assert.ok(first / 2 + second / 3 === 2, `${first}, ${second}`);
      if (first === 2) both++;
    }
    assert.ok(both > 70 && both < 130, `both were drawn ${both} times of 200`);
  });

  it('an interval leaves out a fortieth at each end', () => {
    const values = Array.from({ length: 1001 }, (_, i) => 1000 - i);
    assert.deepEqual(interval(values), { low: 25, high: 975 });
  });

  const judged = (council: (positive: boolean, i: number) => number): Judged[] =>
    ['a/a', 'b/b', 'c/c'].flatMap((repo) =>
      Array.from({ length: 60 }, (_, i) => {
        const positive = i % 3 === 0;
        const noise = (i * 37) % 60;
        return {
          ...{ repo, comment: `${repo}/${i}`, positive },
          // Age is right the wrong way round: its better direction counts.
          scores: { council: council(positive, i), age: noise - (positive ? 40 : 0), churn: noise },
        };
      }),
    );
  const of = (found: readonly Figure[], repo: string, voter: string): Figure => {
    const row = found.find((one) => one.repo === repo && one.voter === voter);
    assert.ok(row, `${repo} ${voter}`);
    return row;
  };

  it('[C5] a council that knows is above the better of age and churn, a blind one is not', () => {
    const knows = figuresOf(
      judged((positive) => (positive ? 1 : 0)),
      200,
    );
    assert.equal(of(knows, 'all', 'council').auc, 1);
    assert.equal(of(knows, 'all', 'council').n, 180);
    const age = of(knows, 'all', 'age').auc;
    assert.ok(age < 0.2);
    assert.equal(of(knows, 'all', BETTER).auc, 1 - age);
    assert.ok(of(knows, 'all', 'council - better').low > 0);
    assert.ok(of(knows, 'mean', 'council - better').low > 0);
    const blind = figuresOf(
      judged((_, i) => (i * 17) % 60),
      200,
    );
    assert.ok(of(blind, 'all', 'council - better').high < 0);
    for (const row of blind) assert.ok(row.low <= row.auc + 0.1 && row.high >= row.auc - 0.1);
  });

  it('the same seed gives the same figures', () => {
    const once = figuresOf(
      judged((_, i) => (i * 17) % 60),
      50,
    );
    assert.deepEqual(
      figuresOf(
        judged((_, i) => (i * 17) % 60),
        50,
      ),
      once,
    );
  });
});

describe('bench council/logistic', () => {
  it('finds the weights that made the data', () => {
    const random = seededRandom(3);
    const examples = Array.from({ length: 4000 }, () => {
      const [a, b] = [random.next() * 4, random.next() * 4];
      const odds = 1.5 * (a - 2) - 0.5 * (b - 2);
      return {
        measures: { ...UNMEASURED, ageDays: Math.expm1(a), links: Math.expm1(b), words: null },
        positive: random.next() < 1 / (1 + Math.exp(-odds)),
      };
    });
    const fitted = fitLogistic(examples);
    const perUnit = Object.fromEntries(
      fitted.terms.map(({ measure, weight, deviation }) => [measure, weight / deviation]),
    );
    assert.deepEqual(Object.keys(perUnit).sort(), ['ageDays', 'links']);
    assert.ok(Math.abs(perUnit.ageDays! - 1.5) < 0.15, String(perUnit.ageDays));
    assert.ok(Math.abs(perUnit.links! + 0.5) < 0.15, String(perUnit.links));
    assert.equal(logOdds(fitted, UNMEASURED), fitted.intercept);
  });
});

describe('bench council/votes', () => {
  const vote = (voter: string, lean: number, logic: number): Vote => ({
    voter,
    opinion: { choice: lean < 0 ? 'discard' : 'preserve', lean, logic, reason: '', cites: [] },
  });

  it('[C5] the council is the mean lean by weight and score; who abstains is not in it', () => {
    const silent: Vote = { voter: 'c', opinion: { choice: null, lean: 0, logic: 0, reason: '', cites: [] } };
    const votes = [vote('a', 0.8, 0.6), vote('b', -0.2, 0.3), silent];
    assert.ok(Math.abs(councilLean(votes) - (0.8 * 0.6 - 0.2 * 0.3) / 0.9) < 1e-12);
    const heavy = councilLean(votes, (voter) => (voter === 'b' ? 2 : 1));
    assert.ok(Math.abs(heavy - (0.8 * 0.6 - 0.2 * 0.6) / 1.2) < 1e-12);
    assert.equal(councilLean([silent]), 0);
  });

  it('[C5] a record counts only what was known by then', () => {
    const at = (year: number, positive: boolean) => ({
      ...{ at: year, positive },
      votes: [vote('right', positive ? 0.5 : -0.5, 0.5), vote('wrong', positive ? -0.5 : 0.5, 0.5)],
    });
    const leans = leansWithRecords([at(1, true), at(1, false), at(2, true), at(3, false)]);
    assert.deepEqual(leans.slice(0, 2).map(Math.abs), [0, 0]);
    // Two hits and no miss: 2 x 4/6; two misses: 2 x 2/6, which is .5 at the least.
    const [right, wrong] = [weightOf({ hits: 2, misses: 0 }), weightOf({ hits: 0, misses: 2 })];
    assert.ok(Math.abs(leans[2]! - (0.5 * (right - wrong)) / (right + wrong)) < 1e-12);
    assert.ok(leans[3]! < -leans[2]!);
  });

  it('a weight stays between a half and two', () => {
    assert.equal(weightOf(undefined), 1);
    assert.equal(weightOf({ hits: 0, misses: 1000 }), 0.5);
    assert.ok(weightOf({ hits: 1000, misses: 0 }) < 2);
  });
});
