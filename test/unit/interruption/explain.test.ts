import assert from 'node:assert/strict';
import { ProgenyError } from '../../../companion/protocol/index.ts';
import { candidate, focus, HOUR, MINUTE, rulesOf, typing } from './simulation/events.ts';
import { TestRoom } from './simulation/room.ts';

const A = candidate('kind:a:1', { workspace: '/w' });

/** Two gates keep the candidate back before a commit lets it through, an hour after it was born. */
function shownLate(): TestRoom {
  const room = new TestRoom(rulesOf());
  const { signal } = focus('one');
  room.room.signal('one', '/w', signal);
  room.clock.advance(10 * MINUTE);
  room.room.propose(A);
  room.room.signal('one', '/w', typing('one').signal);
  room.room.boundary('/w', 'commit');
  room.room.signal('one', '/w', { kind: 'debug', at: 0, active: true });
  room.clock.advance(HOUR);
  room.room.signal('one', '/w', { kind: 'debug', at: 0, active: false });
  return room;
}

describe('"Why did you interrupt me?"', () => {
  it('names what kept a tap back, the moment that let it through, and when the next may come', async () => {
    using room = shownLate();
    const [tap] = room.room.list(1);
    assert.ok(tap && tap.gate === null, 'it is shown');
    const { waited, lines } = room.room.explain(tap.id);
    assert.ok(waited.some(({ gate }) => gate === 'typing'));
    assert.ok(waited.some(({ gate }) => gate === 'debugging'));
    assert.match(lines[0]!, /^It waited 1 h, then came after a debug session had ended\.$/);
    assert.match(lines[1]!, /because .*you had just been typing.*you were debugging/);
    assert.equal(lines[2], '1 tap of at most 3 that day; the next comes 4 h later at the soonest.');
  });

  it('speaks of this life of a candidate only, and of the back-off that was in force', async () => {
    using room = shownLate();
    room.window('one').last.answer({ outcome: 'dismissed', action: null });
    await room.settled();
    for (const id of ['b', 'c', 'd']) {
      room.clock.advance(25 * HOUR);
      room.room.propose(candidate(`kind:${id}:1`, { workspace: '/w' }));
      room.room.boundary('/w', 'commit');
      room.window('one').last.answer({ outcome: 'dismissed', action: null });
      await room.settled();
    }
    const [last] = room.room.list(50).filter(({ gate }) => gate === null);
    assert.equal(
      room.room.explain(last!.id).lines.at(-1),
      '1 tap of at most 3 that day; the next comes 8 h later at the soonest.',
    );
  });

  it('knows only what was shown', () => {
    using room = shownLate();
    const silent = room.room.list(50).find(({ gate }) => gate !== null)!;
    for (const id of [silent.id, 'tap_none'])
      assert.throws(
        () => room.room.explain(id),
        (error: unknown) => error instanceof ProgenyError && error.code === 'not_found',
      );
  });
});
