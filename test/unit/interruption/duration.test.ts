import assert from 'node:assert/strict';
import { count, duration } from '../../../companion/interruption/duration.ts';
import { DAY, HOUR, MINUTE } from './simulation/events.ts';

describe('lengths of time in words', () => {
  const cases: readonly [ms: number, text: string][] = [
    [0, '1 min'],
    [40 * MINUTE, '40 min'],
    [31 * HOUR, '31 h'],
    [47 * HOUR, '47 h'],
    [48 * HOUR, '2 days'],
    [6 * DAY, '6 days'],
  ];
  for (const [ms, text] of cases) it(text, () => assert.equal(duration(ms), text));

  it('counts one and many', () => {
    assert.deepEqual([count(1, 'file'), count(3, 'file')], ['1 file', '3 files']);
  });
});
