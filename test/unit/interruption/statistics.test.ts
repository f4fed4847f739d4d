import assert from 'node:assert/strict';
import { inWords } from '../../../companion/interruption/index.ts';
import { GATE_WORDS } from '../../../companion/interruption/words.ts';
import { candidate, DAY, focus, HOUR, rulesOf, SECOND } from './simulation/events.ts';
import { TestRoom } from './simulation/room.ts';

const row = {
  id: 'tap_1',
  at: 0,
  candidate: 'insight:x:1',
  subject: 'x',
  moment: 'commit',
  gate: null,
  outcome: null,
  responseMs: null,
};

/** A room in which a tap after another is shown as the user comes back, and answered so. */
async function lived(outcomes: readonly ('engaged' | 'dismissed' | 'ignored')[], adapt = true) {
  const test = new TestRoom(rulesOf({ adapt, perDay: 20, refractoryMinutes: 60, maxRefractoryMinutes: 60 }));
  for (const [n, outcome] of outcomes.entries()) {
    test.room.propose(candidate(`insight:x${n}:1`));
    test.clock.advance(3 * HOUR);
    const signal = focus('one');
    test.room.signal('one', '/w', { ...signal.signal, kind: 'focus', focused: false, at: 0 });
    test.room.signal('one', '/w', signal.signal);
    test.clock.advance(31 * SECOND);
    assert.equal(test.taps.length, n + 1, `tap ${n}`);
    test.clock.advance(4 * SECOND);
    test.taps[n]!.answer({ outcome, action: null });
    await test.settled();
  }
  return test;
}

describe('statistics of taps', () => {
  it('every gate has words, and every row says its reason in them', () => {
    for (const [gate, words] of Object.entries(GATE_WORDS))
      assert.equal(inWords({ ...row, gate }).words, `kept back right after a commit: ${words}`);
    assert.equal(
      inWords({ ...row, gate: 'expired', moment: 'none' }).words,
      'kept back: it was too old to tell',
    );
    const told = (outcome: 'engaged' | 'dismissed' | 'ignored' | null, responseMs: number | null) =>
      inWords({ ...row, outcome, responseMs }).words;
    assert.equal(told('engaged', 9300), 'told right after a commit; you took it up after 9 seconds');
    assert.equal(told('dismissed', 1000), 'told right after a commit; you turned it down after 1 second');
    assert.equal(told('ignored', null), 'told right after a commit; it stayed unanswered');
    assert.equal(told(null, null), 'told right after a commit; it waits for your answer');
  });

  it('count what was shown and how it was answered, by moment and kind, and what was kept back', async () => {
    using test = await lived(['engaged', 'dismissed', 'ignored'], false);
    test.room.propose(candidate('offer:y:1'));
    const stats = test.room.stats(30);
    const answers = {
      shown: 3,
      engaged: 1,
      dismissed: 1,
      ignored: 1,
      medianResponseMs: stats.medianResponseMs,
    };
    assert.ok(stats.medianResponseMs! >= 4000);
    assert.deepEqual(stats.byMoment, [
      { moment: 'focus', words: 'when you came back to the window', ...answers },
    ]);
    assert.deepEqual(stats.byKind, [{ kind: 'insight', ...answers }]);
    assert.ok(stats.silences.every(({ words, n }) => words.length > 5 && n > 0));
    assert.deepEqual([stats.budget.perDay, stats.budget.dismissalsInARow, stats.adapted], [20, 1, []]);
    assert.ok(stats.budget.nextAt! > test.clock.now());
    test.clock.advance(40 * DAY);
    assert.deepEqual([test.room.stats(30).shown, test.room.stats(90).shown], [0, 3]);
  });

  it('tell what was adapted and why; it survives a restart, and settings switch it off', async () => {
    using test = await lived(['dismissed', 'dismissed', 'dismissed', 'dismissed', 'dismissed', 'dismissed']);
    const adapted = test.room.stats(30).adapted;
    assert.deepEqual(
      adapted.map(({ name, moment, from, to }) => [name, moment, from, to]),
      [['wait', 'focus', 0, 18]],
    );
    assert.match(
      adapted[0]!.words,
      /^A tap when you came back to the window waits 18 s more: you took up 0 of 6/,
    );
    test.restart();
    assert.deepEqual(test.room.stats(30).adapted, adapted);
    test.rules = rulesOf({ adapt: false });
    assert.deepEqual(test.room.stats(30).adapted, []);
  });

  it('a tap at a moment that was mostly dismissed comes later after its boundary', async () => {
    using test = await lived(['dismissed', 'dismissed', 'dismissed', 'dismissed', 'dismissed', 'dismissed']);
    test.clock.advance(3 * HOUR);
    const { signal } = focus('one');
    test.room.signal('one', '/w', { ...signal, kind: 'focus', focused: false, at: 0 });
    test.room.propose(candidate('insight:late:1'));
    test.room.signal('one', '/w', signal);
    test.clock.advance(17 * SECOND);
    assert.equal(test.taps.length, 6);
    test.clock.advance(2 * SECOND);
    assert.equal(test.taps.length, 7);
    assert.ok(test.log.includes('insight:late:1 focus early'));
  });
});
