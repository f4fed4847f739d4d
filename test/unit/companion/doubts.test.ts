import assert from 'node:assert/strict';
import { doubts } from '../../../companion/doubts.ts';

const belief = (from: number, until: number, over: object = {}) => ({
  id: 'hypothesis_1',
  generator: 'peak_hours' as const,
  status: 'waiting' as const,
  claim: { from, until, ownFrom: 480, ownUntil: 1080 },
  ...over,
});
const said = (from: string, until: string) => ({ peakHours: [{ from, until }] });

describe('beliefs that are not what the user said', () => {
  const cases: readonly [why: string, found: number, from: number, until: number, hours: [string, string]][] =
    [
      ['the evening against the morning', 1, 20, 23, ['08:00', '11:30']],
      ['hours that only touch', 1, 11, 13, ['09:00', '11:00']],
      ['hours that meet for a while', 0, 10, 13, ['09:00', '11:00']],
      ['a night that reaches over midnight, within it', 0, 23, 25, ['22:00', '01:00']],
      ['a night that reaches over midnight, outside of it', 1, 9, 12, ['22:00', '01:00']],
    ];
  for (const [why, found, from, until, hours] of cases)
    it(`${found === 0 ? 'fits' : 'finds'} ${why}`, () => {
      assert.equal(doubts([belief(from, until)], said(...hours)).length, found);
    });

  it('doubts nothing where the user said nothing, of what was denied, and of other habits', () => {
    const morning = said('08:00', '11:00');
    assert.deepEqual(doubts([belief(20, 23)], { peakHours: [] }), []);
    assert.deepEqual(doubts([belief(20, 23, { status: 'denied' })], morning), []);
    assert.deepEqual(doubts([belief(20, 23, { generator: 'rhythm' })], morning), []);
  });
});
