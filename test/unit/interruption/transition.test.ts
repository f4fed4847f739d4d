import assert from 'node:assert/strict';
import type { PolicyEvent } from '../../../companion/interruption/transition.ts';
import { blur, born, commit, DAY, focus, HOUR, MINUTE, rulesOf, SECOND, START } from './simulation/events.ts';
import { PolicyRun } from './simulation/policy-run.ts';
import { A, atWork, run, type Script } from './simulation/script.ts';

describe('transitions: lives', () => {
  it('lets a candidate expire, with a record, and does not take it up again', () => {
    const day = run([...atWork, [120, blur('one')], [121, A]]).to(START + 2 * DAY);
    assert.deepEqual(day.silences.at(-1), {
      at: START + 121 * SECOND + DAY,
      candidate: 'kind:a:1',
      subject: 'a',
      moment: 'none',
      gate: 'expired',
    });
    day.do(START + 2 * DAY, A).do(START + 2 * DAY + SECOND, focus('one'));
    day.to(START + 2 * DAY + HOUR);
    assert.deepEqual(day.shows, []);
  });

  it('takes up work that is at risk still, when its warning expired unheard', () => {
    const risk = born('work_at_risk:l:1', { bypass: true });
    const night = run([...atWork, [120, blur('one')], [121, risk]]).to(START + 2 * DAY);
    night.do(START + 2 * DAY, risk).do(START + 2 * DAY + SECOND, focus('one'));
    assert.equal(night.to(START + 2 * DAY + MINUTE).shows.length, 1);
  });

  it('goes on with the life of a candidate that is proposed again', () => {
    const script: Script = [...atWork, [120, blur('one')], [121, A], [50_000, A], [80_000, A]];
    const { silences } = run(script).to(START + 2 * DAY);
    assert.deepEqual(
      silences.map(({ gate }) => gate),
      ['unfocused', 'expired'],
    );
  });

  it('tells nothing that was withdrawn, and records it once', () => {
    const { shows, silences } = run([
      ...atWork,
      [120, A],
      [121, { kind: 'withdrawn', subject: 'a' }],
      [122, { kind: 'withdrawn', subject: 'a' }],
      [130, commit()],
    ]);
    assert.deepEqual(shows, []);
    assert.deepEqual(
      silences.map(({ gate }) => gate),
      ['boundary', 'withdrawn'],
    );
  });

  it('records a silence when its gate or its moment is another, not at every look', () => {
    const rules = rulesOf({ perDay: 0 });
    const looked = new PolicyRun({ start: START, rules, extraTickMs: SECOND });
    looked.do(START, focus('one')).do(START + 20 * SECOND, A);
    looked.do(START + 30 * SECOND, commit()).do(START + 40 * SECOND, commit());
    looked.to(START + HOUR);
    assert.deepEqual(
      looked.silences.map(({ gate, moment }) => `${gate} ${moment}`),
      ['day focus', 'day commit', 'day idle'],
    );
  });
});

describe('transitions: what becomes of a tap', () => {
  const tapped = () => run([...atWork, [120, A], [121, commit()]]);
  const answer = (outcome: 'engaged' | 'dismissed' | 'ignored', again = false): PolicyEvent => ({
    kind: 'answered',
    outcome,
    again,
  });

  it('is not told again, whatever the answer', () => {
    for (const outcome of ['engaged', 'dismissed', 'ignored'] as const) {
      const done = tapped().do(START + 125 * SECOND, answer(outcome));
      done.do(START + 130 * SECOND, A);
      assert.deepEqual(done.state.pending, []);
    }
  });

  it('comes back as a new life when it was put off, within the budget', () => {
    const later = tapped().do(START + 125 * SECOND, answer('dismissed', true));
    assert.deepEqual(later.silences.at(-1)?.gate, 'refractory');
    later
      .to(START + 4 * HOUR)
      .do(START + 5 * HOUR, blur('one'))
      .do(START + 5 * HOUR + SECOND, focus('one'));
    assert.equal(later.shows.length, 2);
    assert.equal(later.to(START + 9 * HOUR).state.pending.length, 0);
  });

  it('does not come back when it was withdrawn while it was open', () => {
    const script: Script = [...atWork, [120, A], [121, commit()], [122, { kind: 'withdrawn', subject: 'a' }]];
    assert.deepEqual(run(script).do(START + 125 * SECOND, answer('dismissed', true)).state.pending, []);
    const undelivered = run(script).do(START + 123 * SECOND, { kind: 'undelivered' });
    assert.deepEqual(undelivered.state.pending, []);
    assert.equal(undelivered.silences.at(-1)?.gate, 'withdrawn');
    const again = run([...script, [123, A]]).do(START + 125 * SECOND, answer('dismissed', true));
    assert.equal(again.state.pending.length, 1);
  });

  it('costs no budget when it reached nobody, and waits for the next boundary', () => {
    const failed = tapped().do(START + 121 * SECOND, { kind: 'undelivered' });
    failed.to(START + 124 * SECOND);
    assert.deepEqual(failed.state.shown, []);
    assert.equal(failed.shows.length, 1, 'the same boundary is not tried twice');
    assert.deepEqual(failed.silences.at(-1)?.gate, 'undelivered');
    assert.equal(failed.to(START + 150 * SECOND).shows.length, 2);
    assert.equal(failed.shows[1]?.moment, 'idle');
  });

  it('takes an answer without a tap for nothing', () => {
    const quiet = run([...atWork, [120, answer('dismissed')], [121, { kind: 'undelivered' }]]);
    assert.equal(quiet.state.dismissals, 0);
  });
});
