import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Loop } from '../../../companion/protocol/index.ts';
import { reviewProposals } from '../../../companion/working-files/index.ts';
import { sampleLoop } from './samples.ts';
import { NINE } from './world.ts';

const DAY = 86_400_000;
const idle = (days: number, more: Partial<Loop> = {}) =>
  sampleLoop({ id: `loop_${days}`, touchedAt: NINE - days * DAY, ...more });

describe('working-files/review', () => {
  it('proposes at most three, for the loops that were idle longest', () => {
    const loops = [idle(8), idle(30), idle(7), idle(6.9), idle(12), idle(50, { status: 'deferred' })];
    const proposals = reviewProposals(loops, NINE, 7);
    assert.deepEqual(
      proposals.map(({ loopId }) => loopId),
      ['loop_30', 'loop_12', 'loop_8'],
    );
    assert.equal(proposals[0]?.why, 'untouched for 30 days, and no work hangs on it');
  });

  const cases: [string, Partial<Loop>, string][] = [
    ['unpushed commits', { source: 'branch', facts: { unpushed: 2 } }, 'defer'],
    ['uncommitted files', { source: 'uncommitted', facts: { uncommittedFiles: 1 } }, 'defer'],
    ['a stash', { source: 'stash' }, 'defer'],
    ['a TODO', { source: 'todo' }, 'convert'],
    ['a note', { source: 'whisper' }, 'convert'],
    ['a note with work', { source: 'whisper', facts: { ahead: 1 } }, 'defer'],
    ['a branch without work', { source: 'branch', facts: { ahead: 0 } }, 'close'],
    ['a loop by hand', { source: 'manual' }, 'close'],
  ];
  for (const [name, more, action] of cases)
    it(`proposes to ${action} ${name}`, () => {
      assert.equal(reviewProposals([idle(20, more)], NINE, 7)[0]?.action, action);
    });

  it('does not depend on the order of the loops', () => {
    const loops = [3, 9, 9.5, 20, 40].map((days, i) => idle(days, { id: `loop_${i}` }));
    fc.assert(
      fc.property(fc.shuffledSubarray(loops, { minLength: 5 }), (shuffled) => {
        assert.deepEqual(reviewProposals(shuffled, NINE, 7), reviewProposals(loops, NINE, 7));
      }),
    );
  });
});
