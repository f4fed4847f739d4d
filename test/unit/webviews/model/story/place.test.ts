import assert from 'node:assert/strict';
import { hasRoom, overlap, placeFor } from '../../../../../webviews/model/story/place.ts';

const area = { left: 244, top: 0, width: 1196, height: 900 };
const size = { width: 348, height: 120 };

describe('story/place', () => {
  it('[W1] stands at the lower right where nothing is in the way', () => {
    assert.deepEqual(placeFor(size, area, []), { left: 1440 - 12 - 348, top: 900 - 12 - 120 });
  });

  it('[W1] moves up over what can be operated, and to the left where the right is full', () => {
    const composer = { left: 460, top: 780, width: 760, height: 100 };
    const above = placeFor(size, area, [composer])!;
    assert.equal(above.left, 1080);
    assert.ok(above.top + size.height <= composer.top && above.top > 600, String(above.top));
    const buttons = Array.from({ length: 12 }, (_, i) => ({
      left: 1240,
      top: 20 + i * 75,
      width: 60,
      height: 30,
    }));
    assert.equal(placeFor(size, area, buttons)?.left, 256);
  });

  it('[W1] never lies on a control: over 500 pages of chance', () => {
    let seed = 7;
    const next = (to: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % to;
    };
    let found = 0;
    for (let page = 0; page < 500; page++) {
      const taken = Array.from({ length: next(40) }, () => ({
        left: next(1400),
        top: next(880),
        width: 20 + next(200),
        height: 16 + next(30),
      }));
      const place = placeFor(size, area, taken);
      if (!place) continue;
      found++;
      assert.ok(!taken.some((each) => overlap({ ...place, ...size }, each)));
      assert.ok(place.left >= area.left && place.top >= 0);
      assert.ok(place.left + size.width <= 1440 && place.top + size.height <= 900);
    }
    assert.ok(found > 100, `${found} of 500 had a place`);
  });

  it('[W1] nowhere: on a page full of controls, or where it does not fit', () => {
    assert.equal(placeFor(size, area, [area]), null);
    assert.equal(placeFor(size, { left: 0, top: 0, width: 320, height: 900 }, []), null);
    assert.equal(placeFor(size, { ...area, height: 130 }, []), null);
  });

  it('[W1] not in a low pane, nor in an editor pane as narrow as a side bar', () => {
    assert.equal(hasRoom({ inEditor: true, width: 360, height: 900 }), false);
    assert.equal(hasRoom({ inEditor: true, width: 800, height: 900 }), true);
    assert.equal(hasRoom({ inEditor: false, width: 380, height: 700 }), true);
    assert.equal(hasRoom({ inEditor: false, width: 1200, height: 320 }), false);
  });
});
