import assert from 'node:assert/strict';
import { sharedPriors } from '../../../companion/clusters/priors.ts';
import { decide } from '../../../companion/clusters/refit.ts';
import { FIRST_SCALE, learn, onScale } from '../../../companion/clusters/scale.ts';
import { bonds, ownBond, relativeBond, usualBond } from '../../../companion/clusters/score.ts';
import { TUNING } from '../../../companion/clusters/tuning.ts';

const near = (row: number, kinship: number) => ({ row, kinship, cosine: kinship });

describe('clusters/score', () => {
  it('is the mean of the three nearest of a theme; one that is missing counts nothing', () => {
    const theme = (row: number) => ({ theme: row < 10 ? 'a' : 'b', voices: 1 });
    const found = bonds([near(1, 1), near(11, 0.9), near(2, 0.8), near(3, 0.6), near(4, 0.5)], theme, TUNING);
    assert.ok(Math.abs(found.get('a')! - 0.8) < 1e-9);
    assert.ok(Math.abs(found.get('b')! - 0.3) < 1e-9);
  });

  it('a centroid speaks for as many as it stands for, up to three', () => {
    const centroid = bonds([near(1, 0.9)], () => ({ theme: 'a', voices: 40 }), TUNING);
    assert.ok(Math.abs(centroid.get('a')! - 0.9) < 1e-9);
    const two = bonds([near(1, 0.9)], () => ({ theme: 'a', voices: 2 }), TUNING);
    assert.ok(Math.abs(two.get('a')! - 0.6) < 1e-9);
  });

  it('few members are believed to be as bound as usual', () => {
    assert.equal(usualBond([], TUNING), 1);
    assert.equal(usualBond([0.5, 0.5, 0.5], TUNING), 0.75);
  });

  it('is relative to what members have and to what the subject has', () => {
    assert.equal(relativeBond(0, 1, 0), 0);
    assert.equal(relativeBond(0.5, 1, 0.25), 1);
    assert.equal(ownBond([near(1, 0.9), near(2, 0.6)], TUNING), 0.5);
  });
});

describe('clusters/hysteresis', () => {
  const cases: [
    before: string | null,
    proposed: string | null,
    scores: Record<string, number>,
    after: string | null,
  ][] = [
    [null, 'a', { a: 0.7 }, 'a'],
    [null, 'a', { a: 0.69 }, null],
    ['a', 'a', { a: 0.6 }, 'a'],
    ['a', 'a', { a: 0.59 }, null],
    ['a', null, { a: 0.65 }, 'a'],
    ['a', null, {}, null],
    ['a', 'b', { a: 0.65, b: 0.7 }, 'a'],
    ['a', 'b', { a: 0.65, b: 0.8 }, 'b'],
    ['a', 'b', { a: 0.5, b: 0.7 }, 'b'],
    ['a', 'b', { a: 0.5, b: 0.65 }, null],
    [null, null, { a: 2 }, null],
  ];
  for (const [before, proposed, scores, after] of cases) {
    it(`in ${before}, proposed ${proposed}, ${JSON.stringify(scores)}: ${after}`, () =>
      assert.equal(decide(before, proposed, new Map(Object.entries(scores)), TUNING), after));
  }
});

describe('clusters/similarity', () => {
  const unknown = { tone: null, branch: null, directory: null };

  it('what is unknown agrees with nothing', () => {
    assert.equal(sharedPriors(unknown, unknown), 0);
    assert.equal(sharedPriors({ ...unknown, tone: 'calm' }, unknown), 0);
  });

  it('tone is one prior, branch or directory another', () => {
    const here = { tone: 'calm', branch: 'main', directory: 'src' };
    assert.equal(sharedPriors(here, here), 2);
    assert.equal(sharedPriors(here, { ...here, directory: 'docs' }), 2);
    assert.equal(sharedPriors(here, { tone: 'tense', branch: 'fix', directory: 'src' }), 1);
    assert.equal(sharedPriors(here, { tone: 'tense', branch: 'fix', directory: 'docs' }), 0);
  });

  it('on its scale any two have 0 and the nearest 1', () => {
    const scale = { background: 0.2, near: 0.6, seen: 100 };
    assert.equal(onScale(0.2, scale), 0);
    assert.equal(onScale(0.6, scale), 1);
  });

  it('a scale learns from what it sees, the first three hardly', () => {
    let scale = FIRST_SCALE.vectors;
    for (let i = 0; i < 3; i++) scale = learn(scale, 0.9, 0.95);
    assert.ok(scale.background < 0.3);
    for (let i = 0; i < 5000; i++) scale = learn(scale, 0.4, 0.8);
    assert.ok(Math.abs(scale.background - 0.4) < 0.02 && Math.abs(scale.near - 0.8) < 0.02);
  });
});
