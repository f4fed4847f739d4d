import assert from 'node:assert/strict';
import { type LoggedDecision, restore } from '../../../companion/interruption/restore.ts';
import { DAY, START } from './simulation/events.ts';

const row = (at: number, candidate: string, gate: LoggedDecision['gate']): LoggedDecision => ({
  at: START + at,
  candidate,
  subject: 'a',
  moment: 'idle',
  gate,
});
const from = (decisions: LoggedDecision[], now = START + 100) =>
  restore({ decisions, dismissals: 2, pausedUntil: 7 }, now);

describe('the state after a restart', () => {
  it('keeps the pause and the dismissals', () => {
    const { pausedUntil, dismissals, pending, shown, told } = from([]);
    assert.deepEqual([pausedUntil, dismissals, pending, shown, told], [7, 2, [], [], {}]);
  });

  it('knows each life by its first silence, and the last one recorded', () => {
    const { pending } = from([row(1, 'k:a:1', 'boundary'), row(5, 'k:a:1', 'typing')]);
    assert.deepEqual(pending, [
      {
        id: 'k:a:1',
        subject: 'a',
        workspace: null,
        bypass: false,
        bornAt: START + 1,
        last: { gate: 'typing', moment: 'idle' },
        present: false,
      },
    ]);
  });

  it('knows what was told and what expired; what was withdrawn may come again', () => {
    const { pending, told, shown } = from([
      row(1, 'k:a:1', 'boundary'),
      row(2, 'k:a:1', null),
      row(3, 'k:b:1', 'expired'),
      row(4, 'k:c:1', 'boundary'),
      row(5, 'k:c:1', 'withdrawn'),
    ]);
    assert.deepEqual(pending, []);
    assert.deepEqual(shown, [{ candidate: 'k:a:1', subject: 'a', at: START + 2 }]);
    assert.deepEqual(told, {
      'k:a:1': { at: START + 2, why: 'shown' },
      'k:b:1': { at: START + 3, why: 'expired' },
    });
  });

  it('takes a silence after the end for another life', () => {
    const { pending, told, shown } = from([row(1, 'k:a:1', null), row(9, 'k:a:1', 'refractory')]);
    assert.equal(pending[0]?.bornAt, START + 9);
    assert.deepEqual(told, {});
    assert.equal(shown.length, 1);
  });

  it('forgets taps that cannot matter any more', () => {
    assert.deepEqual(from([row(0, 'k:a:1', null)], START + 9 * DAY).shown, []);
    assert.equal(from([row(0, 'k:a:1', null)], START + 7 * DAY).shown.length, 1);
  });
});
