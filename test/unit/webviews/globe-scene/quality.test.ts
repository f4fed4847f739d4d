import assert from 'node:assert/strict';
import {
  FULL,
  LEVELS,
  nextQuality,
  type Quality,
  startQuality,
} from '../../../../webviews/routes/globe/scene/quality.ts';

/** Lives through frames of so many milliseconds each (by the level of the moment) for a time. */
function lived(quality: Quality, forMs: number, frame: (level: number) => number, from = quality.since) {
  const levels: number[] = [];
  let [now, state] = [from, quality];
  while (now < from + forMs) {
    const ms = frame(state.level);
    now += ms;
    state = nextQuality(state, ms, now);
    if (levels.at(-1) !== state.level) levels.push(state.level);
  }
  return { state, levels, now };
}

describe('quality of the globe', () => {
  it('stays at full while frames keep up, whatever single ones do', () => {
    let n = 0;
    const { state } = lived(startQuality(0), 20_000, () => (n++ % 10 === 0 ? 48 : 16.7));
    assert.equal(state.level, FULL);
  });

  it('steps down one at a time until frames keep up, then stays', () => {
    const { levels, state } = lived(startQuality(0), 8_000, (level) => (level > 2 ? 30 : 19));
    assert.deepEqual(levels, [FULL, 3, 2]);
    assert.equal(state.level, 2);
  });

  it('comes back up where it goes well, and waits twice as long after each step that was too much', () => {
    const { levels } = lived(startQuality(0), 100_000, (level) => (level > 3 ? 25 : 16.7));
    const ups = levels.filter((level) => level === FULL).length - 1;
    // 3 + 6 + 12 + 24 + 48 seconds, not one in each three.
    assert.ok(ups >= 3 && ups <= 5, `${ups} times up in 100 s`);
  });

  it('returns to full where less brings nothing: the screen or the machine is what is slow', () => {
    const { state, levels, now } = lived(startQuality(0), 10_000, () => 33.4);
    assert.equal(state.level, FULL);
    assert.deepEqual(levels, [4, 3, 2, 1, 0, 4]);
    // And tries again after a minute.
    assert.equal(lived(state, 56_000, () => 33.4, now).levels.includes(3), true);
    assert.equal(lived(state, 40_000, () => 33.4, now).levels.includes(3), false);
  });

  it('takes a pause for no frame, and forgets what came before it', () => {
    let state = startQuality(0);
    for (let i = 0; i < 20; i++) state = nextQuality(state, 40, i * 40);
    state = nextQuality(state, 5_000, 6_000);
    assert.deepEqual(state.frames, []);
    assert.equal(state.level, FULL);
  });

  it('spends less at each level', () => {
    for (let i = 1; i < LEVELS.length; i++) {
      const [less, more] = [LEVELS[i - 1]!, LEVELS[i]!];
      assert.ok(less.labels < more.labels && less.arcs < more.arcs);
    }
  });
});
