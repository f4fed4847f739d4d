import assert from 'node:assert/strict';
import { VirtualClock } from '../../../companion/kernel/index.ts';

describe('a clock that sleeps in between', () => {
  it('runs what was due at its time, in order, and what comes round once a move', () => {
    const clock = new VirtualClock(1000);
    const seen: string[] = [];
    clock.after(50, () => seen.push(`b ${clock.now()}`));
    clock.after(20, () => {
      seen.push(`a ${clock.now()}`);
      clock.after(10, () => seen.push(`c ${clock.now()}`));
    });
    const round = clock.every(5, () => seen.push(`round ${clock.now()}`));
    clock.sleepUntil(2000);
    assert.deepEqual(seen, ['round 1005', 'a 1020', 'c 1030', 'b 1050']);
    assert.equal(clock.now(), 2000);
    round.dispose();
    clock.sleepUntil(3000);
    clock.sleepUntil(10);
    assert.equal(clock.now(), 3000, 'it does not go back');
    assert.equal(seen.length, 4);
  });
});
