import assert from 'node:assert/strict';
import fc from 'fast-check';
import { eyeOf, HOME } from '../../../../webviews/routes/globe/scene/camera.ts';
import { labelChoice } from '../../../../webviews/routes/globe/scene/label-choice.ts';
import { type LabelWish, placeLabels } from '../../../../webviews/routes/globe/scene/label-placement.ts';
import { pickIndex } from '../../../../webviews/routes/globe/scene/pick-index.ts';
import { plausiblePoints } from '../../../browser/globe/points.ts';

const canvas = { width: 800, height: 600 };
const wish = fc.record({
  x: fc.double({ min: -20, max: 820, noNaN: true }),
  y: fc.double({ min: -20, max: 620, noNaN: true }),
  gap: fc.double({ min: 1, max: 14, noNaN: true }),
  width: fc.integer({ min: 10, max: 190 }),
  height: fc.constant(18),
});
const numbered = (wishes: readonly Omit<LabelWish, 'index'>[]) =>
  wishes.map((each, index) => ({ ...each, index }));

describe('labels of the globe', () => {
  it('never overlap, never leave the canvas, never cover a point that has one already', () => {
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 60 }), (some) => {
        const wishes = numbered(some);
        const placed = placeLabels(wishes, canvas, 40);
        placed.forEach((a, at) => {
          assert.ok(a.x >= 0 && a.y >= 0 && a.x + a.width <= 800 && a.y + a.height <= 600);
          for (const b of placed.slice(0, at)) {
            const apart =
              a.x >= b.x + b.width || b.x >= a.x + a.width || a.y >= b.y + b.height || b.y >= a.y + a.height;
            assert.ok(apart, `${JSON.stringify(a)} over ${JSON.stringify(b)}`);
            const { x, y } = wishes[b.index]!;
            assert.ok(x < a.x || x > a.x + a.width || y < a.y || y > a.y + a.height);
          }
        });
      }),
    );
  });

  it('serve the first first, up to the number that is wanted, and keep their side', () => {
    const at = (x: number, y: number, side?: LabelWish['side']) => ({
      ...{ x, y, gap: 4, width: 80, height: 18 },
      ...(side && { side }),
    });
    const alone = placeLabels(numbered([at(400, 300)]), canvas, 9);
    assert.deepEqual(
      alone.map(({ index, side }) => ({ index, side })),
      [{ index: 0, side: 'right' }],
    );
    assert.equal(placeLabels(numbered([at(400, 300, 'above')]), canvas, 9)[0]?.side, 'above');
    assert.equal(placeLabels(numbered([at(780, 300)]), canvas, 9)[0]?.side, 'left');
    assert.equal(placeLabels(numbered([at(100, 100), at(500, 100), at(300, 400)]), canvas, 2).length, 2);
    // The second of those in one place goes to the other side, the rest nowhere.
    const five = placeLabels(numbered(Array.from({ length: 5 }, () => at(400, 300))), canvas, 9);
    assert.deepEqual(
      five.map(({ side }) => side),
      ['right', 'left'],
    );
  });

  it('are for what is selected, under the pointer, then near the middle; not for what is hidden or behind', () => {
    const points = plausiblePoints(3_000, 4);
    points.shown.fill(0, 0, 1_000);
    const eye = eyeOf(HOME, 800, 600);
    const index = pickIndex(points);
    const chosen = labelChoice(index, points, eye, [2_500, null, 20], new Set(), 12);
    assert.equal(chosen[0], 2_500);
    assert.ok(chosen.length <= 13 && chosen.length > 8);
    assert.ok(chosen.every((i) => points.shown[i] === 1));
    assert.equal(new Set(chosen).size, chosen.length);
    const again = labelChoice(index, points, eye, [null], new Set(chosen.slice(5)), 12);
    assert.ok(chosen.slice(5, 10).every((i) => again.includes(i)));
  });
});
