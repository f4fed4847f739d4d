import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  bounded,
  eyeOf,
  FARTHEST,
  HOME,
  NEAREST,
  project,
  radiansPerPixel,
  unproject,
} from '../../../../webviews/routes/globe/scene/camera.ts';
import { dot, onSphere, placeOf, wrapped } from '../../../../webviews/routes/globe/scene/sphere.ts';

const angle = (most: number) => fc.double({ min: -most, max: most, noNaN: true });
const view = fc.record({
  longitude: angle(10),
  latitude: angle(2),
  distance: fc.double({ min: 1, max: 8, noNaN: true }),
});

describe('the camera of the globe', () => {
  it('finds a place again from where it is seen, from everywhere', () => {
    fc.assert(
      fc.property(view, angle(Math.PI), angle(1.57), (from, longitude, latitude) => {
        const eye = eyeOf(from, 800, 600);
        const point = onSphere(longitude, latitude);
        const seen = project(eye, point);
        fc.pre(seen.front > 0.01);
        const found = unproject(eye, seen.x, seen.y);
        assert.ok(found && dot(found, point) > 1 - 1e-9, `${found} is not ${point}`);
      }),
    );
  });

  it('shows what is behind the outline in front of nothing: front is 0', () => {
    const eye = eyeOf({ longitude: 1, latitude: 0.2, distance: 2.5 }, 800, 600);
    assert.equal(project(eye, onSphere(1 + Math.PI, -0.2)).front, 0);
    const middle = project(eye, onSphere(1, 0.2));
    assert.ok(Math.abs(middle.x - 400) < 1e-9 && Math.abs(middle.y - 300) < 1e-9 && middle.front > 0.999);
  });

  it('has north up and east to the right', () => {
    const eye = eyeOf({ longitude: 0, latitude: 0, distance: 3 }, 800, 600);
    assert.ok(project(eye, onSphere(0.1, 0)).x > 400);
    assert.ok(project(eye, onSphere(0, 0.1)).y < 300);
  });

  it('meets the outline just outside of it and nothing beyond the slack', () => {
    const eye = eyeOf(HOME, 800, 600);
    const at = (beyond: number, slack: number) => unproject(eye, 400 + eye.outline + beyond, 300, slack);
    assert.equal(at(1, 0), null);
    assert.equal(at(9, 8), null);
    const limb = at(7, 8);
    assert.ok(limb && Math.abs(dot(limb, eye.towards) - 1 / eye.distance) < 1e-3);
  });

  it('keeps every view within its bounds', () => {
    fc.assert(
      fc.property(view, (from) => {
        const kept = bounded(from);
        assert.ok(Math.abs(kept.longitude) <= Math.PI + 1e-9 && Math.abs(kept.latitude) < Math.PI / 2);
        assert.ok(kept.distance >= NEAREST && kept.distance <= FARTHEST);
      }),
    );
  });

  it('keeps the globe within the shorter side at home, and under the hand when dragged', () => {
    const eye = eyeOf(HOME, 360, 900);
    assert.ok(eye.outline < 180 && eye.outline > 140);
    const turned = { ...HOME, latitude: 0, longitude: -radiansPerPixel(eye) };
    const moved = project(eyeOf(turned, 360, 900), onSphere(0, 0)).x - 180;
    assert.ok(Math.abs(moved - 1) < 0.01, `${moved}`);
  });

  it('knows longitude and latitude of a point, and angles within a turn', () => {
    const place = placeOf(onSphere(-2.5, 1.1));
    assert.ok(Math.abs(place.longitude + 2.5) < 1e-12 && Math.abs(place.latitude - 1.1) < 1e-12);
    assert.ok(Math.abs(wrapped(7) - (7 - 2 * Math.PI)) < 1e-12);
  });
});
