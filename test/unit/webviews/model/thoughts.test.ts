import assert from 'node:assert/strict';
import { thought } from '../../../../companion/protocol/index.ts';
import {
  DEFAULT_THOUGHT_FILTER,
  STEP_WORDS,
  thoughtFilter,
  thoughtQuery,
  took,
} from '../../../../webviews/model/thoughts.ts';

describe('model/thoughts', () => {
  it('[W1] has a word for every step, and for how long it took', () => {
    assert.deepEqual(Object.keys(STEP_WORDS).toSorted(), thought.shape.step.options.toSorted());
    assert.deepEqual([0, 1, 340, 2_449].map(took), [null, '1 ms', '340 ms', '2.4 s']);
  });

  it('[W1] keeps its filter in the address; what it does not know becomes the default', () => {
    const filter = { text: 'clock', step: 'critique', since: 'week', everywhere: true } as const;
    assert.deepEqual(thoughtFilter(thoughtQuery(filter)), filter);
    assert.deepEqual(thoughtQuery(DEFAULT_THOUGHT_FILTER), {});
    assert.deepEqual(thoughtFilter({ step: 'constructor', since: 'never' }), DEFAULT_THOUGHT_FILTER);
    assert.equal(thoughtFilter({ text: 'a'.repeat(9_000) }).text.length, 500);
  });
});
