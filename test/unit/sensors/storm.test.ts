import assert from 'node:assert/strict';
import {
  absorb,
  calm,
  STORM_RULES,
  type StormState,
  settle,
  stormDueAt,
  stormStep,
} from '../../../companion/sensors/storm.ts';
import { NOON, present } from './support.ts';

const context = (branch = 'main') => ({
  workspace: '/w',
  branch,
  gapMs: 60_000,
  mint: (at: number) => `span_${at}`,
  rules: STORM_RULES,
});
const paths = (n: number, folder = 'dist') => Array.from({ length: n }, (_, i) => `${folder}/${i}.js`);

/** Feeds `n` changes at once. */
function feed(state: StormState, n: number, at: number, folder?: string) {
  return stormStep(state, paths(n, folder), at, context());
}

describe('sensors: storms', () => {
  it('begin with more changes in a second than a person makes', () => {
    assert.equal(feed(calm, STORM_RULES.perSecond, NOON).began, false);
    assert.equal(feed(calm, STORM_RULES.perSecond + 1, NOON).began, true);
  });

  it('begin with many seconds of many changes', () => {
    let state = calm;
    let began = -1;
    for (let i = 0; i < 10 && began < 0; i++) {
      const result = feed(state, 100, NOON + i * 1000);
      state = result.state;
      if (result.began) began = i;
    }
    assert.equal(began, 6);
  });

  it('do not begin with the same changes spread over an hour', () => {
    let state = calm;
    for (let i = 0; i < 3600; i++) {
      const result = feed(state, 20, NOON + i * 1000);
      state = result.state;
      assert.equal(result.swallowed, false);
      assert.ok(state.slots.length <= 10);
    }
  });

  it('[F6] count 100,000 changes in one span of bounded size', () => {
    let { state } = feed(calm, 1_000, NOON);
    for (let i = 1; i < 100; i++) {
      const result = feed(state, 1_000, NOON + i * 50, `packages-${i}`);
      assert.equal(result.swallowed, true);
      state = result.state;
    }
    const span = present(state.span);
    assert.equal(span.files, 100_000);
    assert.equal(span.kind, 'storm');
    assert.equal(span.file, null);
    const folders = present(span.folders);
    assert.equal(Object.keys(folders).length, STORM_RULES.folders + 1);
    assert.equal(folders.dist, 1_000);
    assert.equal(
      Object.values(folders).reduce((a, b) => a + b, 0),
      100_000,
    );
    assert.ok(JSON.stringify(state).length < 2_000);
  });

  it('are told when they begin, from time to time, and when they end', () => {
    const first = feed(calm, 300, NOON);
    assert.equal(first.tell, true);
    const second = feed(first.state, 300, NOON + 100);
    assert.equal(second.tell, false);
    assert.equal(feed(second.state, 300, NOON + STORM_RULES.tellMs).tell, true);
  });

  it('end after quiet, which a few saves do not disturb', () => {
    let { state } = feed(calm, 300, NOON);
    const due = present(stormDueAt(state, STORM_RULES));
    assert.equal(due, NOON + STORM_RULES.quietMs);
    state = feed(state, 3, NOON + 2_000).state;
    assert.equal(stormDueAt(state, STORM_RULES), due);
    assert.equal(settle(state, due - 1, STORM_RULES).ended, false);
    const { state: after, ended } = settle(state, due, STORM_RULES);
    assert.equal(ended, true);
    assert.equal(stormDueAt(after, STORM_RULES), null);
    assert.equal(feed(after, 3, due + 1).swallowed, false);
  });

  it('go on while changes keep coming', () => {
    let { state } = feed(calm, 300, NOON);
    state = feed(state, 50, NOON + 2_900).state;
    assert.equal(settle(state, NOON + 3_000, STORM_RULES).ended, false);
  });

  it('extend the span of a storm shortly before, and begin another later or on another branch', () => {
    const first = settle(feed(calm, 300, NOON).state, NOON + 3_000, STORM_RULES).state;
    assert.equal(present(feed(first, 300, NOON + 30_000).state.span).files, 600);
    assert.equal(present(feed(first, 300, NOON + 90_000).state.span).files, 300);
    const other = stormStep(first, paths(300), NOON + 30_000, context('other'));
    assert.equal(present(other.state.span).files, 300);
  });

  it('absorb what was waiting when they began', () => {
    const { state } = feed(calm, 300, NOON);
    assert.equal(present(absorb(state, ['src/a.ts', 'b.ts'], STORM_RULES).span).files, 302);
    assert.equal(absorb(calm, ['a'], STORM_RULES), calm);
  });
});
