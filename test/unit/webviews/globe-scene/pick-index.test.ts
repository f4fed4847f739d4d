import assert from 'node:assert/strict';
import { seededRandom } from '../../../../companion/kernel/index.ts';
import { eyeOf, project } from '../../../../webviews/routes/globe/scene/camera.ts';
import { pick, pickIndex, visitNear } from '../../../../webviews/routes/globe/scene/pick-index.ts';
import { pointIndex } from '../../../../webviews/routes/globe/scene/point-index.ts';
import { dot, onSphere } from '../../../../webviews/routes/globe/scene/sphere.ts';
import { plausiblePoints } from '../../../browser/globe/points.ts';

describe('picking on the globe', () => {
  const points = plausiblePoints(4_000, 3);
  const place = (i: number) => onSphere(points.longitudes[i]!, points.latitudes[i]!);

  /** The slow way: every point. */
  const slowly = (eye: ReturnType<typeof eyeOf>, x: number, y: number, reach: number) => {
    let best: number | null = null;
    let least = reach;
    for (let i = 0; i < points.count; i++) {
      const seen = project(eye, place(i));
      const away = Math.hypot(seen.x - x, seen.y - y);
      if (points.shown[i] === 1 && seen.front > 0 && away < least) [best, least] = [i, away];
    }
    return best;
  };

  it('finds what looking at every point finds, in the middle, at the outline and over the poles', () => {
    const { next } = seededRandom(5);
    const index = pickIndex(points);
    let hits = 0;
    for (let n = 0; n < 600; n++) {
      const view = {
        longitude: (next() - 0.5) * 6,
        latitude: (next() - 0.5) * 2.8,
        distance: 1.25 + next() * 3,
      };
      const eye = eyeOf(view, 800, 600);
      const around = next() * 2 * Math.PI;
      const off = Math.sqrt(next()) * (eye.outline + 8);
      const [x, y] = [400 + Math.cos(around) * off, 300 + Math.sin(around) * off];
      const found = pick(index, points, eye, { x, y }, 10);
      const expected = slowly(eye, x, y, 10);
      assert.equal(found, expected, `view ${JSON.stringify(view)} at ${x}, ${y}`);
      if (found !== null) hits++;
    }
    assert.ok(hits > 100, `${hits} hits tell too little`);
  });

  it('visits all within the radius, over the date line and the poles, and few others', () => {
    const index = pickIndex(points);
    for (const [longitude, latitude, radius] of [
      [3.13, 0.2, 0.1],
      [-3.13, -0.4, 0.2],
      [0.4, 1.5, 0.3],
      [1, -1.4, 0.25],
      [0, 0, 0.05],
    ] as const) {
      const visited: number[] = [];
      visitNear(index, longitude, latitude, radius, (i) => visited.push(i));
      assert.equal(new Set(visited).size, visited.length);
      const centre = onSphere(longitude, latitude);
      const within = Array.from({ length: points.count }, (_, i) => i).filter(
        (i) => dot(place(i), centre) > Math.cos(radius),
      );
      assert.deepEqual(
        within.filter((i) => !visited.includes(i)),
        [],
      );
    }
    const visited: number[] = [];
    visitNear(index, 0, 0, 0.05, (i) => visited.push(i));
    assert.ok(visited.length < points.count / 20, `${visited.length} visited`);
  });

  it('never hits what filters hide, and finds what moved before the index is made anew', () => {
    const moving = plausiblePoints(500, 9);
    const index = pointIndex();
    const eye = eyeOf({ longitude: 0, latitude: 0, distance: 3 }, 800, 600);
    index.of(moving);
    moving.longitudes[7] = 0;
    moving.latitudes[7] = 0;
    index.touched([7]);
    const at = (reach: number) => pick(index.of(moving), moving, eye, { x: 400, y: 300 }, reach, index.moved);
    assert.equal(at(2), 7);
    moving.shown[7] = 0;
    assert.notEqual(at(2), 7);
    index.touched(Array.from({ length: 400 }, (_, i) => i));
    moving.shown[7] = 1;
    assert.equal(at(2), 7);
    assert.equal(index.moved.size, 0);
  });

  it('works with no point and with one', () => {
    const eye = eyeOf({ longitude: 0, latitude: 0, distance: 3 }, 800, 600);
    const none = plausiblePoints(0, 1);
    assert.equal(pick(pickIndex(none), none, eye, { x: 400, y: 300 }, 10), null);
    const one = plausiblePoints(1, 1);
    const seen = eyeOf({ longitude: one.longitudes[0]!, latitude: one.latitudes[0]!, distance: 3 }, 800, 600);
    assert.equal(pick(pickIndex(one), one, seen, { x: 402, y: 301 }, 10), 0);
  });
});
