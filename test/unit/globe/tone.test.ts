import assert from 'node:assert/strict';
import { type LoopSigns, loopTone, type RecordSigns, recordTone } from '../../../companion/globe/index.ts';

const NOW = Date.UTC(2025, 10, 24);
const DAY = 86_400_000;

const loop = (change: Partial<LoopSigns> = {}): LoopSigns => ({
  status: 'open',
  source: 'branch',
  facts: {},
  createdAt: NOW - 30 * DAY,
  touchedAt: NOW - 5 * DAY,
  parent: false,
  drifting: false,
  noteAt: null,
  guild: null,
  ...change,
});
const record = (change: Partial<RecordSigns> = {}): RecordSigns => ({
  kind: 'episode',
  declared: null,
  at: NOW - 5 * DAY,
  asks: false,
  pinned: false,
  looks: 0,
  lookedAt: null,
  closed: false,
  ...change,
});

describe('globe: tones', () => {
  it('what a panel declared comes before every rule', () => {
    const found = loopTone(
      loop({ facts: { conflicts: 2 }, guild: { name: 'Release', tone: 'playful' } }),
      NOW,
    );
    assert.deepEqual(found, { tone: 'playful', declared: true, words: 'declared by the panel Release' });
  });

  for (const [change, tone, words] of [
    [{ facts: { conflicts: 2 } }, 'tense', '2 conflicts'],
    [{ facts: { conflicts: 1, uncommittedFiles: 3 }, touchedAt: NOW }, 'tense', '1 conflict'],
    [{ source: 'failing_test' }, 'tense', 'a test fails'],
    [{ drifting: true }, 'tense', 'left its scope'],
    [{ status: 'blessed', facts: { conflicts: 2 } }, 'calm', 'signed off'],
    [{ status: 'merged' }, 'calm', 'merged'],
    [{ status: 'dropped' }, 'weary', 'given up'],
    [{ status: 'deferred' }, 'weary', 'put off'],
    [{ status: 'stale' }, 'weary', 'untouched for 5 days'],
    [{ touchedAt: NOW - 16 * DAY }, 'weary', 'untouched for 16 days'],
    [{ parent: true }, 'playful', 'split from another thread'],
    [{ source: 'stash' }, 'playful', 'set aside in a stash'],
    [{ touchedAt: NOW - DAY, facts: { uncommittedFiles: 3 } }, 'focused', '3 files in work'],
    [{ touchedAt: NOW - DAY, facts: { ahead: 1 } }, 'focused', '1 commit ahead'],
    [{ touchedAt: NOW - DAY, noteAt: NOW - DAY }, 'focused', 'noted lately'],
    [{ facts: { uncommittedFiles: 3 } }, 'calm', 'nothing presses'],
    [{ status: 'proposed' }, 'curious', 'found, not yet taken up'],
    [{ createdAt: NOW - DAY }, 'curious', 'new'],
  ] as const)
    it(`loop: ${words} is ${tone}`, () => {
      assert.deepEqual(loopTone(loop(change), NOW), { tone, declared: false, words });
    });

  for (const [change, tone, words] of [
    [{ closed: true, pinned: true }, 'weary', 'holds no more'],
    [{ pinned: true }, 'focused', 'pinned'],
    [{ asks: true }, 'curious', 'a question'],
    [{ kind: 'hypothesis' }, 'curious', 'not sure yet'],
    [{ kind: 'dream' }, 'playful', 'put together at night'],
    [{ at: NOW - 200 * DAY }, 'weary', 'not looked at for 7 months'],
    [{ at: NOW - 200 * DAY, lookedAt: NOW - DAY, looks: 4 }, 'focused', 'looked up 4 times'],
    [{ kind: 'decision', at: NOW - DAY }, 'calm', 'just settled'],
    [{ at: NOW - DAY }, 'focused', 'of these days'],
    [{ kind: 'observation' }, 'curious', 'an observation'],
    [{ kind: 'decision' }, 'calm', 'settled'],
  ] as const)
    it(`record: ${words} is ${tone}`, () => {
      assert.deepEqual(recordTone(record(change), NOW), { tone, declared: false, words });
    });

  it('what was declared with a record stands', () => {
    assert.equal(recordTone(record({ declared: 'tense', pinned: true }), NOW).tone, 'tense');
  });
});
