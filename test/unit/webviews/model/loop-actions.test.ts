import assert from 'node:assert/strict';
import { actionsFor, inverse, withPending, withSaved } from '../../../../webviews/model/loop-actions.ts';
import { DAY } from '../../../../webviews/model/time.ts';
import { NOW, sampleLoop } from '../../../fixtures/samples.ts';

const ids = (change: Parameters<typeof sampleLoop>[0]) =>
  actionsFor(sampleLoop(change), NOW).map(({ id }) => id);

describe('what can be done with a loop', () => {
  it('depends on how it stands', () => {
    assert.deepEqual(ids({ status: 'open' }), ['done', 'later-day', 'later-week', 'drop']);
    assert.deepEqual(ids({ status: 'proposed' }), ['done', 'open', 'later-day', 'later-week', 'drop']);
    assert.deepEqual(ids({ status: 'deferred' }), ['open', 'done', 'drop']);
    for (const status of ['blessed', 'dropped', 'merged'] as const)
      assert.deepEqual(ids({ status }), ['open']);
  });

  it('puts off from now on', () => {
    const day = actionsFor(sampleLoop(), NOW).find(({ id }) => id === 'later-day');
    assert.deepEqual(day?.patch, { status: 'deferred', deferUntil: NOW + DAY });
  });

  it('can be taken back', () => {
    const loop = sampleLoop({ status: 'stale', deferUntil: null });
    assert.deepEqual(inverse(loop, { status: 'deferred', deferUntil: 5 }), {
      status: 'stale',
      deferUntil: null,
    });
  });
});

describe('a change under way', () => {
  const loops = [sampleLoop({ id: 'loop_a' }), sampleLoop({ id: 'loop_b' })];

  it('is shown without touching what the companion told', () => {
    const shown = withPending(loops, new Map([['loop_a', { status: 'blessed' as const }]]));
    assert.equal(shown[0]?.status, 'blessed');
    assert.equal(loops[0]?.status, 'open');
  });

  it('ends with the companion’s own answer', () => {
    const saved = sampleLoop({ id: 'loop_b', title: 'new' });
    assert.deepEqual(
      withSaved(loops, saved).map(({ title }) => title),
      ['fix/clock', 'new'],
    );
    assert.equal(withSaved(loops, sampleLoop({ id: 'loop_c' }))[0]?.id, 'loop_c');
  });
});
