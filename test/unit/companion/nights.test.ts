import assert from 'node:assert/strict';
import { silentLogger, VirtualClock } from '../../../companion/kernel/index.ts';
import { Nights } from '../../../companion/nights.ts';
import { openStore } from '../../support/store.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const HOUR = 60 * 60 * 1000;

describe('nights', () => {
  it('does its work once a day, whatever fails, and once for a long sleep', async () => {
    using folder = temporaryFolder();
    const clock = new VirtualClock(new Date(2026, 2, 2, 22).getTime());
    const store = await openStore(folder.path, { clock });
    const { hub } = store;
    let runs = 0;
    const begin = () => {
      const nights = new Nights({ hub, clock, logger: silentLogger, dayStartsAt: () => 5 });
      nights.add('broken', () => Promise.reject(new Error('no')));
      nights.add('counted', () => runs++);
      return nights;
    };
    const pass = async (hours: number) => {
      for (let i = 0; i < hours * 4; i++) {
        clock.advance(HOUR / 4);
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const nights = begin();
    await pass(1);
    assert.equal(runs, 1);
    await pass(5);
    assert.equal(runs, 1, 'four in the morning is still the same day');
    await pass(2);
    assert.equal(runs, 2);
    nights.dispose();
    clock.advance(80 * HOUR);
    const again = begin();
    await pass(2);
    assert.equal(runs, 3);
    again.dispose();
    store.close();
  });
});
