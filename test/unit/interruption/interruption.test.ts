import assert from 'node:assert/strict';
import type { PolicyEvent } from '../../../companion/interruption/transition.ts';
import { ProgenyError } from '../../../companion/protocol/index.ts';
import {
  active,
  blur,
  candidate,
  DAY,
  focus,
  HOUR,
  MINUTE,
  rulesOf,
  SECOND,
  START,
} from './simulation/events.ts';
import { TestRoom } from './simulation/room.ts';

const gone = new ProgenyError('no_client', 'The client that was asked has gone.');
const A = candidate('kind:a:1', { workspace: '/w', text: 'Secret words.', why: 'Private reason.' });

function signal({ room }: TestRoom, event: Extract<PolicyEvent, { kind: 'signal' }>): void {
  room.signal(event.window, event.workspace, event.signal);
}

/** At work in the first window, ten minutes long; no boundary is open. */
function atWork(rules = rulesOf()): TestRoom {
  const room = new TestRoom(rules);
  signal(room, focus('one'));
  room.clock.advance(10 * MINUTE);
  return room;
}

/** A tap of `A` at a commit. */
function tapped(rules = rulesOf()): TestRoom {
  const room = atWork(rules);
  room.room.propose(A);
  room.room.boundary('/w', 'commit');
  return room;
}

async function answered(outcome: string, action: string | null = null): Promise<TestRoom> {
  const room = tapped();
  room.clock.advance(5 * SECOND);
  room.window('one').last.answer({ outcome, action });
  await room.settled();
  return room;
}

describe('interruption: a tap', () => {
  it('is shown once at the first boundary, and nothing follows it within the pause [F3]', async () => {
    using room = await answered('engaged', 'show');
    assert.deepEqual(room.window('one').asked[0]?.tap, {
      id: room.room.list(1)[0]?.id,
      text: A.text,
      why: A.why,
      actions: [],
    });
    assert.deepEqual(room.engaged, [['kind:a:1', 'show']]);
    const [row] = room.room.list(1);
    assert.deepEqual(row, {
      id: row?.id,
      at: START + 10 * MINUTE,
      candidate: 'kind:a:1',
      subject: 'a',
      moment: 'commit',
      gate: null,
      outcome: 'engaged',
      responseMs: 5 * SECOND,
    });
    assert.deepEqual(room.events, ['tap.shown', 'tap.answered']);

    room.room.propose(A);
    room.room.propose(candidate('kind:b:1'));
    for (let hour = 0; hour < 3; hour++) {
      room.clock.advance(HOUR);
      room.room.boundary('/w', 'commit');
    }
    assert.equal(room.window('one').asked.length, 1);
    room.clock.advance(HOUR);
    room.room.boundary('/w', 'commit');
    assert.equal(room.window('one').asked.length, 2);
  });

  it('comes by itself when a boundary does', () => {
    using room = atWork();
    room.room.propose(A);
    signal(room, active('one'));
    room.clock.advance(45 * SECOND - 1);
    assert.equal(room.window('one').asked.length, 0);
    room.clock.advance(1);
    assert.equal(room.window('one').asked.length, 1);
  });

  it('is told in the words of the last proposal', () => {
    using room = atWork();
    room.room.propose(A);
    room.room.propose({ ...A, text: 'Newer words.' });
    room.room.boundary('/w', 'commit');
    assert.equal(room.window('one').last.tap.text, 'Newer words.');
  });

  it('leaves ids and enum words behind, never what it said', async () => {
    using room = await answered('dismissed');
    const stored = JSON.stringify([
      room.mind.read((r) => r.all('SELECT * FROM interruptions')),
      room.mind.events(0, 100),
    ]);
    assert.doesNotMatch(stored, /Secret|Private|\/w/);
  });

  it('is ignored after ten minutes without an answer', async () => {
    using room = tapped();
    room.clock.advance(10 * MINUTE - 1);
    await room.settled();
    assert.equal(room.log.at(-1), 'kind:a:1 commit shown null');
    room.clock.advance(1);
    await room.settled();
    assert.equal(room.log.at(-1), 'kind:a:1 commit shown ignored');
    room.window('one').last.answer({ outcome: 'engaged', action: 'show' });
    await room.settled();
    assert.deepEqual(room.engaged, []);
  });

  it('comes again after "Later", as another row', async () => {
    using room = await answered('engaged', 'later');
    assert.deepEqual(room.log.slice(-2), ['kind:a:1 commit shown dismissed', 'kind:a:1 none refractory']);
    assert.deepEqual(room.engaged, []);
    room.clock.advance(4 * HOUR);
    room.room.boundary('/w', 'commit');
    assert.equal(room.window('one').asked.length, 2);
  });

  it('that reached nobody costs nothing, and the next boundary may have it', async () => {
    using room = tapped();
    room.window('one').last.fail(gone);
    room.close('one');
    await room.settled();
    assert.equal(room.log.at(-1), 'kind:a:1 commit undelivered');
    assert.deepEqual(room.events, ['tap.shown', 'tap.undelivered']);
    signal(room, focus('two'));
    room.clock.advance(11 * SECOND);
    assert.equal(room.window('two').asked.length, 1);
  });

  it('counts as shown where the window went after a while', async () => {
    using room = tapped();
    room.clock.advance(MINUTE);
    room.window('one').last.fail(gone);
    room.close('one');
    await room.settled();
    assert.equal(room.log.at(-1), 'kind:a:1 commit shown ignored');
  });

  it('is not tried on a window whose connection is gone', () => {
    using room = atWork();
    room.close('one');
    room.room.propose(A);
    room.room.boundary('/w', 'commit');
    assert.deepEqual(room.log, ['kind:a:1 none unfocused']);
  });

  it('keeps its words when a window goes at the same time', () => {
    using room = atWork();
    signal(room, focus('two'));
    room.clock.advance(2 * MINUTE);
    room.close('one');
    room.room.propose(A);
    room.room.propose({ ...A, text: 'Newer words.' });
    signal(room, active('two'));
    room.clock.advance(45 * SECOND);
    assert.equal(room.window('two').last.tap.text, 'Newer words.');
  });

  it('is forgotten when what it tells is so no more', () => {
    using room = atWork();
    room.room.propose(A);
    room.room.withdraw('a');
    room.room.withdraw('nobody');
    room.room.boundary('/w', 'commit');
    assert.deepEqual(room.log, ['kind:a:1 none boundary', 'kind:a:1 none withdrawn']);
  });
});

describe('interruption: a pause', () => {
  it('holds, survives a restart, and ends by itself', () => {
    using room = atWork();
    assert.equal(room.room.pausedUntil, null);
    assert.equal(room.room.pause(START + HOUR), START + HOUR);
    room.restart();
    assert.equal(room.room.pausedUntil, START + HOUR);
    signal(room, focus('one'));
    room.clock.advance(20 * SECOND);
    room.room.propose(A);
    assert.equal(room.log.at(-1), 'kind:a:1 focus paused');
    room.clock.advance(HOUR);
    assert.equal(room.room.pausedUntil, null);
    room.room.boundary('/w', 'commit');
    assert.equal(room.window('one').asked.length, 1);
    assert.deepEqual(room.events.slice(0, 1), ['taps.paused']);
  });

  it('ends when the user says so', () => {
    using room = tapped(rulesOf({ perDay: 0 }));
    room.room.pause(Number.MAX_SAFE_INTEGER);
    room.clock.advance(DAY);
    assert.equal(room.room.pause(0), null);
    assert.equal(room.room.pausedUntil, null);
  });
});

describe('interruption: a restart', () => {
  it('knows of the pause after a tap, and settles one that was open', () => {
    using room = tapped();
    room.clock.advance(3 * SECOND);
    room.restart();
    assert.equal(room.log.at(-1), 'kind:a:1 commit shown ignored');
    assert.deepEqual(room.events, ['tap.shown', 'tap.answered']);
    signal(room, focus('one'));
    room.clock.advance(3 * HOUR);
    room.room.propose(A);
    room.room.propose(candidate('kind:b:1'));
    room.room.boundary('/w', 'commit');
    assert.equal(room.log.at(-1), 'kind:b:1 commit refractory');
    room.clock.advance(HOUR);
    room.room.boundary('/w', 'commit');
    assert.equal(room.window('one').asked.length, 2);
    assert.match(room.log.at(-1)!, /^kind:b:1 commit shown/);
  });

  it('knows of dismissals in a row', async () => {
    using room = atWork(rulesOf({ refractoryMinutes: 10, perDay: 20 }));
    const tap = async (id: string, minutes: number, outcome: string) => {
      room.clock.advance(minutes * MINUTE);
      room.room.propose(candidate(`kind:${id}:1`));
      room.room.boundary('/w', 'commit');
      const { length } = room.window('one').asked;
      room.window('one').asked.at(-1)?.answer({ outcome, action: null });
      await room.settled();
      return length;
    };
    await tap('a', 10, 'engaged');
    for (const id of ['b', 'c', 'd']) await tap(id, 10, 'dismissed');
    room.restart();
    signal(room, focus('one'));
    assert.equal(await tap('e', 19, 'ignored'), 4);
    assert.equal(await tap('e', 1, 'ignored'), 5);
    room.restart();
    signal(room, focus('one'));
    assert.equal(await tap('f', 19, 'engaged'), 5, 'to ignore is not to engage');
    assert.equal(await tap('f', 1, 'engaged'), 6);
    room.restart();
    signal(room, focus('one'));
    assert.equal(await tap('g', 10, 'engaged'), 7);
  });

  it('goes on with the lives of candidates', () => {
    using room = atWork();
    signal(room, blur('one'));
    room.room.propose(A);
    room.clock.advance(20 * HOUR);
    room.restart();
    room.room.propose(A);
    room.clock.advance(4 * HOUR - 1);
    assert.deepEqual(room.log, ['kind:a:1 none unfocused']);
    room.clock.advance(1);
    assert.deepEqual(room.log.at(-1), 'kind:a:1 none expired');
    room.restart();
    room.room.propose(A);
    assert.equal(room.log.length, 2);
  });

  it('lets the silences of a quarter go, and keeps the taps', () => {
    using room = tapped();
    room.room.propose(candidate('kind:b:1'));
    const before = room.log;
    assert.ok(before.length > 2);
    room.clock.advance(92 * DAY);
    room.room.prune();
    assert.deepEqual(room.log, ['kind:a:1 commit shown null']);
  });
});

describe('interruption: trouble', () => {
  it('shows nothing that it cannot remember, and goes on when it can', () => {
    using room = atWork();
    room.diskFull = true;
    room.room.propose(A);
    room.room.boundary('/w', 'commit');
    assert.equal(room.window('one').asked.length, 0);
    assert.throws(() => room.room.pause(START + HOUR), { code: 'read_only' });
    assert.equal(room.room.pausedUntil, START + HOUR, 'the pause holds all the same');
    room.diskFull = false;
    room.room.pause(0);
    room.clock.advance(SECOND);
    room.room.boundary('/w', 'commit');
    assert.equal(room.window('one').asked.length, 1);
  });

  it('starts on a disk that is full', () => {
    using room = tapped();
    room.diskFull = true;
    room.restart();
    assert.equal(room.log.at(-1), 'kind:a:1 commit shown null');
  });

  it('leaves no timer behind, and answers that come later change nothing', async () => {
    using room = tapped();
    room.room.propose(candidate('kind:b:1'));
    assert.ok(room.clock.waiting > 0);
    room.room.dispose();
    await room.settled();
    assert.equal(room.clock.waiting, 0);
    room.window('one').last.answer({ outcome: 'engaged', action: 'show' });
    room.room.boundary('/w', 'commit');
    room.room.propose(candidate('kind:c:1'));
    await room.settled();
    assert.deepEqual(room.events, ['tap.shown']);
    assert.equal(room.clock.waiting, 0);
  });
});
