import assert from 'node:assert/strict';
import { formatLocation, parseLocation, to } from '../../../../webviews/model/location.ts';

describe('a location', () => {
  for (const location of [
    to('brief'),
    to('loops', 'loop_01h'),
    to('loops', null, { text: 'a b&c=d#e/f', scope: 'all' }),
  ]) {
    it(`survives the address bar: ${formatLocation(location)}`, () =>
      assert.deepEqual(parseLocation(formatLocation(location)), location));
  }

  for (const hash of ['', '#', '#code=abc&workspace=x', '#/', '#/../x', '#/loops/a/b', '#/LOOPS'])
    it(`is none: "${hash}"`, () => assert.equal(parseLocation(hash), null));
});
