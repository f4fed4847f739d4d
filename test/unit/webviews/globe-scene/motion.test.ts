import assert from 'node:assert/strict';
import { HOME } from '../../../../webviews/routes/globe/scene/camera.ts';
import {
  destination,
  FLIGHT_MS,
  type Motion,
  moved,
  towards,
} from '../../../../webviews/routes/globe/scene/motion.ts';

const still: Motion = { view: HOME, flight: null, spin: null, drifts: false };

describe('motion of the globe', () => {
  it('flies to where it was sent the short way round, and arrives exactly', () => {
    const from = { ...still, view: { ...HOME, longitude: 3 } };
    let motion = towards(from, { longitude: -3, latitude: -0.5, distance: 2 }, false);
    assert.deepEqual(destination(motion), { longitude: -3, latitude: -0.5, distance: 2 });
    motion = moved(motion, FLIGHT_MS / 2);
    assert.ok(Math.abs(motion.view.longitude) > 3, 'not over the middle');
    motion = moved(motion, FLIGHT_MS / 2 + 1);
    assert.equal(motion.flight, null);
    assert.ok(Math.abs(motion.view.longitude + 3) < 1e-9 && motion.view.distance === 2);
  });

  it('is there at once where no motion is wanted', () => {
    const motion = towards({ ...still, drifts: true }, { ...HOME, longitude: 2 }, true);
    assert.deepEqual(motion, { ...still, view: { ...HOME, longitude: 2 } });
  });

  it('spins out the same way whatever the length of frames', () => {
    const spin = { longitude: 0.002, latitude: 0 };
    const ends = [8, 16, 50].map((ms) => {
      let motion: Motion = { ...still, spin };
      let frames = 0;
      for (; motion.spin && frames < 10_000; frames++) motion = moved(motion, ms);
      assert.equal(motion.spin, null);
      return motion.view.longitude;
    });
    assert.ok(Math.max(...ends) - Math.min(...ends) < 0.002, `${ends}`);
    assert.ok(ends[0]! > 0.4 && ends[0]! < 0.6);
  });

  it('drifts slowly until anything else happens', () => {
    let drifting: Motion = { ...still, drifts: true };
    for (let frame = 0; frame < 20; frame++) drifting = moved(drifting, 50);
    assert.ok(drifting.view.longitude > 0.01 && drifting.view.longitude < 0.02);
    assert.equal(towards(drifting, HOME, false).drifts, false);
    assert.equal(moved(still, 1_000), still);
  });

  it('all but stands where frames are seconds apart, instead of jumping', () => {
    const later = moved({ ...still, drifts: true }, 3_000);
    assert.ok(later.view.longitude > 0 && later.view.longitude < 0.002, `${later.view.longitude}`);
  });
});
