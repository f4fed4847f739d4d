import assert from 'node:assert/strict';
import { deferrals } from '../../../extension/commands/deferrals.ts';
import { pauses } from '../../../extension/commands/pauses.ts';
import { HOUR } from './samples.ts';

const local = (...parts: [number, number, number, number, number]) => new Date(...parts).getTime();

describe('setting a thread aside', () => {
  it('offers mornings by the calendar, all in the future', () => {
    const now = local(2025, 10, 24, 22, 30); // a Monday
    const offered = Object.fromEntries(deferrals(now).map(({ label, until }) => [label, until]));
    assert.equal(offered.tomorrow, local(2025, 10, 25, 9, 0));
    assert.equal(offered['on Monday'], local(2025, 11, 1, 9, 0));
    assert.ok(Object.values(offered).every((until) => until > now));
  });

  it('means the next Monday on every day of the week', () => {
    for (let day = 1; day <= 14; day++) {
      const now = local(2025, 10, day, 12, 0);
      const monday = new Date(deferrals(now).find(({ label }) => label === 'on Monday')?.until ?? 0);
      assert.equal(monday.getDay(), 1);
      assert.ok(monday.getTime() > now && monday.getTime() - now < 7 * 24 * HOUR);
    }
  });
});

describe('pausing taps', () => {
  it('ends today when the next day begins, not at midnight', () => {
    const evening = pauses(local(2025, 10, 24, 23, 0), 5, false);
    const night = pauses(local(2025, 10, 25, 2, 0), 5, false);
    for (const choices of [evening, night]) {
      assert.equal(choices.find(({ label }) => label === 'Today')?.until, local(2025, 10, 25, 5, 0));
    }
  });

  it('offers to resume only while paused', () => {
    assert.deepEqual(
      pauses(0, 5, false).map(({ label }) => label),
      ['30 minutes', 'Today', 'Always'],
    );
    assert.deepEqual(pauses(0, 5, true)[0], { label: 'Resume taps', until: 0, description: '' });
  });
});
