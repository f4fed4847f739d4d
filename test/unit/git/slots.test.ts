import assert from 'node:assert/strict';
import { Slots } from '../../../companion/git/slots.ts';

describe('git/slots', () => {
  it('lets so many in and the others in order', async () => {
    const slots = new Slots(2);
    const [first] = [await slots.take(), await slots.take()];
    const order: number[] = [];
    const enter = async (who: number): Promise<() => void> => {
      const release = await slots.take();
      order.push(who);
      return release;
    };
    const third = enter(3);
    const fourth = enter(4);
    first?.();
    first?.();
    (await third)();
    await fourth;
    assert.deepEqual(order, [3, 4]);
  });

  it('a waiter that gives up leaves the line', async () => {
    const slots = new Slots(1);
    const release = await slots.take();
    const abort = new AbortController();
    const waiting = slots.take(abort.signal);
    const after = slots.take();
    abort.abort(new Error('changed my mind'));
    await assert.rejects(waiting, /changed my mind/);
    release();
    (await after)();
    await assert.rejects(slots.take(AbortSignal.abort(new Error('too late'))), /too late/);
  });
});
