import assert from 'node:assert/strict';
import type { Hypothesis } from '../../../companion/hypotheses/hypothesis.ts';
import { offer } from '../../../companion/hypotheses/offering.ts';

const waiting = (id: string, weight: number, offeredAt: number | null = null, formedAt = 0) =>
  ({ id, weight, offeredAt, formedAt }) as Hypothesis;

describe('whose turn a belief is', () => {
  it('[S5] the weightiest first, then the oldest', () => {
    const some = [waiting('c', 0.6), waiting('b', 0.9), waiting('a', 0.6, null, 5), waiting('d', 0.7)];
    assert.deepEqual(offer(some, null, 1, 3), { day: 1, ids: ['b', 'd', 'c'] });
    assert.deepEqual(offer(some, null, 1, 5).ids, ['b', 'd', 'c', 'a']);
  });

  it('[S5] who never had a turn comes before the weightiest that had one, and the longest ago before the last', () => {
    const some = [waiting('had', 0.9, 50), waiting('new', 0.1), waiting('before', 0.2, 40)];
    assert.deepEqual(offer(some, null, 1, 5).ids, ['new', 'before', 'had']);
  });

  it('[S5] what was offered today stays and counts, though it was answered since', () => {
    const before = { day: 1, ids: ['gone', 'kept'] };
    assert.deepEqual(
      offer([waiting('kept', 0.1), waiting('new', 0.9), waiting('late', 0.8)], before, 1, 3).ids,
      ['gone', 'kept', 'new'],
    );
    assert.deepEqual(offer([waiting('kept', 0.1), waiting('new', 0.9)], before, 2, 1), {
      day: 2,
      ids: ['new'],
    });
  });
});
