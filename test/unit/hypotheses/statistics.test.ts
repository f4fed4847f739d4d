import assert from 'node:assert/strict';
import { fisherTail, quantile, tOfMean, wilson } from '../../../companion/hypotheses/statistics.ts';

/** Exact fractions where there are any; for Wilson’s interval what published tables give. */
describe('hypotheses/statistics', () => {
  const near = (actual: number, expected: number, within = 0.0005) =>
    assert.ok(Math.abs(actual - expected) < within, `${actual}, expected ${expected}`);

  it('Wilson’s interval', () => {
    near(wilson(9, 11).low, 0.523);
    near(wilson(9, 11).high, 0.9486);
    near(wilson(0, 10).high, 0.2775);
    assert.deepEqual(wilson(0, 0), { low: 0, high: 1 });
  });

  it('Fisher’s tail', () => {
    near(fisherTail(3, 4, 4, 8), 17 / 70, 1e-9);
    near(fisherTail(8, 8, 9, 100), 9 / 186_087_894_300, 1e-12);
    assert.equal(fisherTail(0, 5, 5, 20), 1);
  });

  it('quantiles and the t of a mean', () => {
    assert.equal(quantile([4, 1, 3, 2], 0.5), 2.5);
    near(quantile([1, 2, 3, 4, 10], 0.9), 7.6, 1e-9);
    assert.ok(Number.isNaN(quantile([], 0.5)));
    near(tOfMean([1, 2, 3, 4], 1), 2.3238);
    assert.equal(tOfMean([2, 2, 2], 1), Number.POSITIVE_INFINITY);
    assert.equal(tOfMean([2, 2], 2), 0);
  });
});
