import assert from 'node:assert/strict';
import { moment, span } from '../../../extension/text/time.ts';
import { HOUR, NOW } from './samples.ts';

describe('times in words', () => {
  for (const [ms, words] of [
    [-5, '0 s'],
    [40_000, '40 s'],
    [5 * 60_000, '5 min'],
    [3 * HOUR, '3 h'],
    [47 * HOUR, '47 h'],
    [62 * HOUR, '3 days'],
  ] as const) {
    it(`${ms} ms are ${words}`, () => assert.equal(span(ms), words));
  }

  it('a moment of today is a time, another one also a day', () => {
    assert.doesNotMatch(moment(NOW, NOW, 'en-GB'), /[A-Za-z]/);
    assert.match(moment(NOW + 72 * HOUR, NOW, 'en-GB'), /^Thu,? 27 Nov/);
  });
});
