import assert from 'node:assert/strict';
import { budgetGate, refractoryMs } from '../../../companion/interruption/budget.ts';
import type { Pending, Shown } from '../../../companion/interruption/policy-state.ts';
import { DAY, HOUR, MINUTE, rulesOf, START } from './simulation/events.ts';

describe('budget: the pause between taps', () => {
  const cases: readonly [dismissals: number, hours: number][] = [
    [0, 4],
    [2, 4],
    [3, 8],
    [5, 8],
    [6, 16],
    [9, 24],
    [3000, 24],
  ];
  for (const [dismissals, hours] of cases) {
    it(`is ${hours} h after ${dismissals} dismissals in a row`, () => {
      assert.equal(refractoryMs(dismissals, rulesOf()), hours * HOUR);
    });
  }

  it('is never cut by its own limit, and nothing doubled is nothing', () => {
    const long = rulesOf({ refractoryMinutes: 2000, maxRefractoryMinutes: 1440 });
    assert.equal(refractoryMs(0, long), 2000 * MINUTE);
    assert.equal(refractoryMs(3000, rulesOf({ refractoryMinutes: 0 })), 0);
  });
});

describe('budget: its gates', () => {
  const plain: Pending = {
    id: 'insight:a:1',
    subject: 'a',
    workspace: null,
    bypass: false,
    bornAt: START,
    last: null,
    present: true,
  };
  const risk = (loop: string, period = 1): Pending => ({
    ...plain,
    id: `work_at_risk:${loop}:${period}`,
    subject: loop,
    bypass: true,
  });
  const ago = (candidate: string, ms: number): Shown => ({
    candidate,
    subject: candidate.split(':')[1]!,
    at: START - ms,
  });
  const H = HOUR;
  const cases: readonly [
    name: string,
    candidate: Pending,
    shown: readonly Shown[],
    dismissals: number,
    gate: string | null,
  ][] = [
    ['the first', plain, [], 0, null],
    ['one just under 4 h after another', plain, [ago('x:b:1', 4 * H - 1)], 0, 'refractory'],
    ['one 4 h after another', plain, [ago('x:b:1', 4 * H)], 2, null],
    ['one 4 h after the third dismissed', plain, [ago('x:b:1', 4 * H)], 3, 'refractory'],
    ['one 8 h after the third dismissed', plain, [ago('x:b:1', 8 * H)], 3, null],
    // The day began at 05:00, five hours ago.
    [
      'a fourth today',
      plain,
      [ago('x:b:1', 4.9 * H), ago('x:c:1', 4.8 * H), ago('x:d:1', 4.5 * H)],
      0,
      'day',
    ],
    ['a third today', plain, [ago('x:b:1', 5.1 * H), ago('x:c:1', 4.8 * H), ago('x:d:1', 4.5 * H)], 0, null],
    ['what bypasses, after another kind', risk('l'), [ago('x:b:1', H)], 3, null],
    ['what bypasses, beyond the day', risk('l'), [1, 2, 3, 4].map((h) => ago('x:b:1', h * H)), 0, null],
    ['what bypasses, after its like', risk('l'), [ago('work_at_risk:m:1', 3.9 * H)], 0, 'refractory'],
    ['what bypasses, a plain pause after its like', risk('l'), [ago('work_at_risk:m:1', 4 * H)], 9, null],
    ['the same loop within a week', risk('l', 2), [ago('work_at_risk:l:1', 7 * DAY - 1)], 0, 'weekly'],
    ['the same loop after a week', risk('l', 2), [ago('work_at_risk:l:1', 7 * DAY)], 0, null],
    ['another kind about the same loop', risk('l'), [ago('insight:l:1', H)], 0, null],
    ['one put off, by the budget', risk('l'), [ago('work_at_risk:l:1', 3 * H)], 0, 'refractory'],
    ['one put off, after the pause', risk('l'), [ago('work_at_risk:l:1', 4 * H)], 0, null],
    ['one after a tap from a future long gone', plain, [ago('x:b:1', -400 * DAY)], 0, null],
    ['one after the clock was set back a little', plain, [ago('x:b:1', -60_000)], 0, 'refractory'],
  ];
  for (const [name, candidate, shown, dismissals, gate] of cases) {
    it(`${gate ?? 'lets pass'}: ${name}`, () => {
      assert.equal(budgetGate(candidate, { shown, dismissals }, START, rulesOf()), gate);
    });
  }
});
