import assert from 'node:assert/strict';
import { VirtualClock } from '../../../companion/kernel/index.ts';
import {
  FrameQueue,
  GAP_MS,
  HOLD_CHARACTERS,
  MOST_CHARACTERS,
  MOST_FRAMES,
  STALL_MS,
  UNDER_WAY,
} from '../../../extension/webview/frame-queue.ts';

function setup() {
  const clock = new VirtualClock(10_000);
  const posted: (readonly string[])[] = [];
  const state = { held: false, stalls: 0 };
  const queue = new FrameQueue({
    clock,
    post: (frames) => posted.push(frames),
    hold: () => {
      state.held = true;
    },
    release: () => {
      state.held = false;
    },
    stalled: () => state.stalls++,
  });
  return { clock, posted, state, queue };
}

describe('frames on their way to a page', () => {
  it('[W4] the first goes at once, what comes soon after it goes together, in order', () => {
    const { clock, posted, queue } = setup();
    for (const frame of ['a', 'b', 'c']) queue.add(frame);
    assert.deepEqual(posted, [['a']]);
    clock.advance(GAP_MS - 1);
    assert.equal(posted.length, 1);
    clock.advance(1);
    assert.deepEqual(posted, [['a'], ['b', 'c']]);
    clock.advance(GAP_MS);
    queue.add('d');
    assert.deepEqual(posted.at(-1), ['d']);
  });

  it('[W4] a thousand a second cost a page no more messages than it can draw frames, and all arrive in order', () => {
    const { clock, posted, queue } = setup();
    for (let i = 0; i < 1000; i++) {
      queue.add(String(i));
      clock.advance(1);
      if (i % 3 === 0) for (let n = 0; n < UNDER_WAY; n++) queue.taken();
    }
    clock.advance(100);
    assert.deepEqual(
      posted.flat(),
      Array.from({ length: 1000 }, (_, i) => String(i)),
    );
    assert.ok(posted.length <= 1000 / GAP_MS + 1, `${posted.length} messages`);
  });

  it('a message holds no more than can be read unseen', () => {
    const { clock, posted, queue } = setup();
    const long = 'x'.repeat(MOST_CHARACTERS - 1);
    for (const frame of [long, 'y', long]) queue.add(frame);
    for (let i = 0; i < 3 * MOST_FRAMES; i++) queue.add('z');
    for (let i = 0; i < 10; i++) {
      queue.taken();
      clock.advance(GAP_MS);
    }
    assert.equal(posted.flat().length, 3 + 3 * MOST_FRAMES);
    for (const batch of posted) {
      assert.ok(batch.length <= MOST_FRAMES);
      assert.ok(batch.length === 1 || batch.join('').length <= MOST_CHARACTERS);
    }
  });

  it('[W4] a page that falls behind is given more at once, so that it comes up to what happens now', () => {
    const { clock, posted, queue } = setup();
    const frames = Array.from({ length: 3000 }, (_, i) => `${i}`);
    for (const frame of frames) queue.add(frame);
    let turns = 0;
    for (; posted.flat().length < frames.length; turns++) {
      queue.taken();
      clock.advance(GAP_MS);
      assert.ok(turns < 40, `${posted.flat().length} after ${turns} turns`);
    }
    assert.deepEqual(posted.flat(), frames);
    assert.ok(posted.at(-1)!.length <= MOST_FRAMES, 'and then as before');
  });

  it('one frame that is longer than a message may be goes alone', () => {
    const { posted, queue } = setup();
    const frame = 'x'.repeat(2 * MOST_CHARACTERS);
    queue.add(frame);
    assert.deepEqual(posted, [[frame]]);
  });

  it('[W4] waits for a page that has not taken what is under way, and lets the companion wait', () => {
    const { clock, posted, state, queue } = setup();
    const frame = 'x'.repeat(100_000);
    for (let i = 0; i < 12; i++) {
      queue.add(frame);
      clock.advance(GAP_MS);
    }
    assert.equal(posted.length, UNDER_WAY);
    assert.equal(state.held, false);
    for (let waiting = 12 - UNDER_WAY; waiting * frame.length <= HOLD_CHARACTERS; waiting++) queue.add(frame);
    assert.equal(state.held, true);
    while (state.held) {
      queue.taken();
      clock.advance(GAP_MS);
      assert.ok(posted.length < 100, 'it is never released');
    }
  });

  it('says so once when a page takes nothing for long, and not while it takes something', () => {
    const { clock, state, queue } = setup();
    queue.add('a');
    clock.advance(GAP_MS);
    queue.add('b');
    clock.advance(STALL_MS - GAP_MS - 1);
    queue.taken();
    clock.advance(STALL_MS - 1);
    assert.equal(state.stalls, 0);
    clock.advance(1);
    assert.equal(state.stalls, 1);
    clock.advance(STALL_MS * 3);
    assert.equal(state.stalls, 1);
  });

  it('[W4] runs no timer while nothing is on its way, nor when it was disposed', () => {
    const { clock, posted, state, queue } = setup();
    queue.add('a');
    queue.taken();
    queue.taken();
    clock.advance(STALL_MS * 10);
    assert.equal(state.stalls, 0);
    queue.add('b');
    queue.add('c');
    queue.dispose();
    queue.add('d');
    clock.advance(STALL_MS * 10);
    assert.equal(state.stalls, 0);
    assert.deepEqual(posted, [['a'], ['b']]);
  });
});
