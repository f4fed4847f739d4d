import assert from 'node:assert/strict';
import { nextWake } from '../../../companion/interruption/wake.ts';
import { blur, born, commit, DAY, focus, MINUTE, rulesOf, SECOND, START, tick } from './simulation/events.ts';
import { PolicyRun } from './simulation/policy-run.ts';

describe('the next wake', () => {
  const rules = rulesOf();
  const wakeOf = (run: PolicyRun) => nextWake(run.state, run.now, rules);
  const start = () => new PolicyRun({ start: START, rules });

  it('is never while nothing waits', () => {
    assert.equal(wakeOf(start().do(START, focus('one'))), null);
  });

  it('is the end of a life where no window has the focus', () => {
    const run = start()
      .do(START, focus('one'))
      .do(START + SECOND, blur('one'));
    assert.equal(wakeOf(run.do(START + 120 * SECOND, born('kind:a:1'))), START + 120 * SECOND + DAY);
  });

  it('is the next boundary that comes by itself', () => {
    const run = start()
      .do(START, focus('one'))
      .do(START + 12 * SECOND, commit('/other'));
    run.do(START + 12 * SECOND, { kind: 'pause', until: START + DAY });
    run.do(START + 13 * SECOND, born('kind:a:1'));
    assert.equal(wakeOf(run), START + 45 * SECOND);
    assert.equal(
      wakeOf(run.do(START + 46 * SECOND, tick)),
      START + MINUTE,
      'where the first boundary closes',
    );
  });

  it('is always later than now', () => {
    const run = start()
      .do(START, focus('one'))
      .do(START + 5 * SECOND, born('kind:a:1'));
    for (let at = run.now; at < START + 3 * DAY; at = wakeOf(run) ?? Number.POSITIVE_INFINITY) {
      run.to(at);
      assert.ok((wakeOf(run) ?? Number.POSITIVE_INFINITY) > run.now);
    }
  });
});
