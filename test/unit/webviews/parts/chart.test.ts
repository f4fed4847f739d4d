import assert from 'node:assert/strict';
import { isWhole, pointAfter, rangeOf, sparkPath } from '../../../../webviews/parts/chart/series.ts';

const data = (...values: (number | null)[]) => ({
  at: values.map((_, i) => i),
  series: [{ name: 'a', values, look: 'line' as const }],
});

describe('chart', () => {
  it('the axis begins at 0 and has some height, unless another range is asked for', () => {
    assert.deepEqual(rangeOf(data()), [0, 1]);
    assert.deepEqual(rangeOf(data(0, 0)), [0, 1]);
    assert.deepEqual(rangeOf(data(null, 100)), [0, 108]);
    assert.deepEqual(rangeOf({ ...data(0.5), range: [0.4, 0.6] }), [0.4, 0.6]);
  });

  it('knows counts from measures', () => {
    assert.equal(isWhole(data(1, null, 3)), true);
    assert.equal(isWhole(data(1, 2.5)), false);
  });

  it('keys go from point to point and stay within', () => {
    const keys = ['ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End', 'a'];
    assert.deepEqual(
      keys.map((key) => pointAfter(key, 15, 30)),
      [14, 16, 18, 12, 0, 29, null],
    );
    assert.deepEqual(
      [pointAfter('ArrowLeft', 0, 5), pointAfter('ArrowRight', 4, 5), pointAfter('Home', 0, 0)],
      [0, 4, null],
    );
  });

  it('a sparkline stays in its box', () => {
    assert.equal(
      sparkPath(
        [
          { x: 0, y: 0 },
          { x: 0.5, y: 2 },
          { x: 2, y: -1 },
        ],
        100,
        20,
      ),
      'M0.0 20.0L50.0 0.0L100.0 20.0',
    );
    assert.equal(sparkPath([], 100, 20), '');
  });
});
