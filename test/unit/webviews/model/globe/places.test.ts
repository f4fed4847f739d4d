import assert from 'node:assert/strict';
import {
  latitudeOf,
  longitudeOf,
  placesOf,
  seatOf,
  turned,
} from '../../../../../webviews/model/globe/places.ts';
import { diceOf } from '../../../../support/dice.ts';

const DAY = 86_400_000;
const TURN = 2 * Math.PI;
const apart = (a: number, b: number) => Math.abs(turned(a - b));

describe('globe: places', () => {
  it('are the same for the same themes, whatever their order', () => {
    const sizes: [string, number][] = Array.from({ length: 12 }, (_, n) => [`cluster_${n}`, 5 + 3 * n]);
    assert.deepEqual([...placesOf(new Map(sizes))].sort(), [...placesOf(new Map(sizes.toReversed()))].sort());
  });

  it('a theme that appears moves the others a little, and none far', () => {
    const dice = diceOf(3);
    const moves: number[] = [];
    for (let round = 0; round < 100; round++) {
      const sizes = new Map(
        Array.from(
          { length: 3 + dice.below(20) },
          (_, n) => [`cluster_${round}_${n}`, 1 + dice.below(200)] as const,
        ),
      );
      const before = placesOf(sizes);
      const after = placesOf(new Map([...sizes, [`cluster_new${round}`, 20]]));
      for (const [id, { middle }] of before) moves.push(apart(middle, after.get(id)!.middle));
    }
    moves.sort((a, b) => a - b);
    const mean = moves.reduce((sum, move) => sum + move, 0) / moves.length;
    assert.ok(mean < TURN / 72, `${mean}`);
    assert.ok(moves.at(-1)! < TURN / 8, `${moves.at(-1)}`);
  });

  it('few themes do not lie on each other', () => {
    const places = [...placesOf(new Map(Array.from({ length: 5 }, (_, n) => [`cluster_${n}`, 30]))).values()];
    for (const [at, a] of places.entries())
      for (const b of places.slice(at + 1))
        assert.ok(apart(a.middle, b.middle) > 0.25, `${apart(a.middle, b.middle)}`);
  });

  it('points of one moment and theme do not hide each other', () => {
    const place = { middle: 3, spread: 0.4 };
    const seen = new Set<string>();
    for (let n = 0; n < 500; n++) {
      const id = `memory_${n}`;
      const longitude = longitudeOf(seatOf(id), place);
      assert.ok(
        longitude >= -Math.PI && longitude <= Math.PI && apart(longitude, place.middle) <= 0.5 + 1e-9,
      );
      seen.add(`${longitude.toFixed(4)} ${latitudeOf(seatOf(id), 0, DAY).toFixed(4)}`);
    }
    assert.ok(seen.size > 495, `${seen.size}`);
  });

  it('the belt is now and the poles are long ago', () => {
    const course = { side: 1, beside: 0 } as const;
    const ages = [0, 1, 7, 30, 180, 700].map((days) => latitudeOf(course, 0, days * DAY));
    assert.deepEqual(
      ages,
      ages.toSorted((a, b) => a - b),
    );
    assert.ok(ages[0]! < 0.1 && ages.at(-1)! > 1.2 && ages.at(-1)! < Math.PI / 2);
    assert.equal(latitudeOf({ side: -1, beside: 0 }, 0, DAY), -latitudeOf(course, 0, DAY));
    // A clock that was wrong is no reason to leave the globe.
    for (const at of [-1e15, 1e15]) assert.ok(Math.abs(latitudeOf(course, at, 0)) < Math.PI / 2);
  });
});
