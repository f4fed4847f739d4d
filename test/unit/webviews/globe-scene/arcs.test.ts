import assert from 'node:assert/strict';
import { arcChoice } from '../../../../webviews/routes/globe/scene/arc-choice.ts';
import { eyeOf } from '../../../../webviews/routes/globe/scene/camera.ts';
import { runsOf } from '../../../../webviews/routes/globe/scene/layers/runs.ts';
import { plausibleArcs, plausiblePoints } from '../../../browser/globe/points.ts';

describe('arcs of the globe', () => {
  const points = plausiblePoints(4, 1);
  points.longitudes.set([0, 0.2, -0.9, 3.1]);
  points.latitudes.set([0, 0, 0, 0]);
  const eye = eyeOf({ longitude: 0, latitude: 0, distance: 3 }, 800, 600);
  const arc = (from: number, to: number, kind: 'fork' | 'files' = 'files') => ({ from, to, kind });

  it('are few: those in front, short ones first; those of the selection always', () => {
    const all = [arc(0, 3), arc(0, 2), arc(0, 1), arc(1, 3)];
    assert.deepEqual(
      arcChoice(all, points, eye, null, 9).map(({ from, to }) => [from, to]),
      [
        [0, 1],
        [0, 2],
      ],
    );
    assert.equal(arcChoice(all, points, eye, null, 1).length, 1);
    const chosen = arcChoice(all, points, eye, 3, 0);
    assert.deepEqual(
      chosen.map(({ from, tied }) => [from, tied]),
      [
        [0, true],
        [1, true],
      ],
    );
  });

  it('never lead to what is hidden, and never take more than there is room for', () => {
    const hidden = plausiblePoints(50, 2);
    hidden.shown.fill(0, 0, 25);
    const chosen = arcChoice(plausibleArcs(hidden, 5_000, 3), hidden, eye, 30, 48);
    assert.ok(chosen.length <= 248 && chosen.length > 0);
    assert.ok(chosen.every(({ from, to }) => from >= 25 && to >= 25));
  });
});

describe('what is uploaded of the points that changed', () => {
  it('is few runs that hold them all', () => {
    assert.deepEqual(runsOf([]), []);
    assert.deepEqual(runsOf([500, 3, 4, 20, 3]), [
      { from: 3, count: 18 },
      { from: 500, count: 1 },
    ]);
  });
});
