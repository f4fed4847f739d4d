import assert from 'node:assert/strict';
import type { Hypotheses, Hypothesis } from '../../../companion/hypotheses/index.ts';
import type { Candidate } from '../../../companion/interruption/index.ts';
import { VirtualClock } from '../../../companion/kernel/index.ts';
import { watchForReview } from '../../../companion/review-tap.ts';

const HOUR = 60 * 60 * 1000;

function watching(sentences: string[], { peak = false } = {}) {
  const clock = new VirtualClock(Date.UTC(2026, 4, 4, 12));
  const proposed: Candidate[] = [];
  const withdrawn: string[] = [];
  const hypotheses = { peek: () => sentences.map((sentence) => ({ sentence }) as Hypothesis) };
  const watch = watchForReview({
    hypotheses: hypotheses as unknown as Hypotheses,
    interruption: {
      propose: (candidate) => proposed.push(candidate),
      withdraw: (subject) => withdrawn.push(subject),
    },
    clock,
    dayStartsAt: () => 5,
    // The clock of these tests begins at 12:00.
    inPeakHours: (now) => peak && new Date(now).getUTCHours() < 15,
  });
  return { clock, proposed, withdrawn, watch, ids: () => [...new Set(proposed.map(({ id }) => id))] };
}

describe('review tap', () => {
  it('[S5] is the same candidate all day, and another the next', () => {
    const t = watching(['You write the tests before the code of a change', 'You make small commits']);
    t.clock.advance(6 * HOUR);
    assert.equal(t.ids().length, 1);
    t.clock.advance(24 * HOUR);
    assert.equal(t.ids().length, 2);
    const [first] = t.proposed;
    assert.match(first!.id, /^review:review:\d+$/);
    assert.match(first!.text, /^2 things to review.*“You write the tests before.*”, and 1 more\.$/);
    assert.deepEqual([first!.workspace, first!.bypass], [null, false]);
    assert.deepEqual(
      first!.actions.map(({ id }) => id),
      ['show', 'later', 'not_useful'],
    );
  });

  it('waits for the end of the hours in which the user works best', () => {
    const t = watching(['You make small commits'], { peak: true });
    t.clock.advance(2 * HOUR);
    assert.deepEqual(t.proposed, []);
    t.clock.advance(2 * HOUR);
    assert.equal(t.ids().length, 1);
  });

  it('is withdrawn when there is nothing left, and says nothing where there never was', () => {
    const sentences: string[] = [];
    const t = watching(sentences);
    t.clock.advance(HOUR);
    assert.deepEqual([t.proposed, t.withdrawn], [[], []]);
    sentences.push('You make small commits');
    t.clock.advance(HOUR);
    assert.match(t.proposed[0]!.text, /^1 thing to review about how you work: “You make small commits”\.$/);
    sentences.pop();
    t.clock.advance(HOUR);
    assert.deepEqual(t.withdrawn, ['review']);
    t.watch.dispose();
    assert.equal(t.withdrawn.length, 1);
  });
});
