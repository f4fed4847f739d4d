import assert from 'node:assert/strict';
import { fateWords, gatherFate } from '../../../companion/fate-gathering.ts';
import type { Loop } from '../../../companion/protocol/index.ts';
import type { WorkEvent } from '../../../companion/timeline/index.ts';

const DAY = 24 * 60 * 60 * 1000;
const NOW = 1_772_400_000_000;

function loop(more: Partial<Loop> = {}): Loop {
  return {
    ...{ id: 'loop_a', workspace: '/w', title: 'fix/clock', summary: '', context: '', source: 'branch' },
    ...{ status: 'open', priority: 'high', private: false, evidence: [], rank: 0.5, deferUntil: null },
    anchors: [
      { kind: 'branch', branch: 'fix/clock' },
      { kind: 'file', file: 'src/clock.ts' },
    ],
    facts: {
      uncommittedFiles: 3,
      insertions: 10,
      deletions: 2,
      ahead: 5,
      behind: 0,
      unpushed: 5,
      current: true,
    },
    ...{ createdAt: NOW - 40 * DAY, touchedAt: NOW - 19 * DAY, parentId: null },
    ...more,
  } as Loop;
}
const gather = (one: Loop, { others = [], work = [] }: { others?: Loop[]; work?: WorkEvent[] } = {}) =>
  gatherFate(one, {
    loops: { list: () => [one, ...others] },
    timeline: { read: () => work },
    program: new Error('no git'),
    idOf: () => 'ws_1',
    now: NOW,
  });
const at = (days: number) => ({ at: NOW - days * DAY, workspace: 'ws_1' });

describe('fate-gathering', () => {
  it('takes what a scan found; what nobody measured stays unknown', async () => {
    const measures = await gather(loop());
    assert.deepEqual(
      [measures.ageDays, measures.idleDays, measures.ahead, measures.behind, measures.uncommittedLines],
      [40, 19, 5, 0, 12],
    );
    assert.deepEqual([measures.current, measures.priority, measures.siblings], [1, 1, 0]);
    // Without git there is no history, and without tests none that fails.
    assert.deepEqual(
      [measures.changes90, measures.failingTests, measures.conflicts, measures.drift],
      [null, null, null, null],
    );
    assert.equal(
      fateWords(measures)
        .map(({ words }) => words)
        .join(', '),
      'idle for 19 days, 40 days old, 5 commits of its own, 3 files uncommitted, 12 lines not committed, 5 commits on this machine only, checked out now',
    );
  });

  it('work on its files makes it less idle, failed tests count for the current work, other threads for its files', async () => {
    const work: WorkEvent[] = [
      { ...at(9), kind: 'test', name: 'unit', passed: false },
      { ...at(8), kind: 'test', name: 'unit', passed: true },
      { ...at(7), kind: 'test', name: 'e2e', passed: false },
      { ...at(6), kind: 'edit', file: 'src/clock.ts', branch: null, size: null },
      { ...at(1), kind: 'edit', file: 'other.ts', branch: null, size: null },
    ];
    const other = loop({
      id: 'loop_b',
      anchors: [{ kind: 'line', file: 'src/clock.ts', line: 2, text: '', lost: false }],
    });
    const measures = await gather(loop(), { work, others: [other, loop({ id: 'loop_c', anchors: [] })] });
    assert.deepEqual([measures.idleDays, measures.failingTests, measures.siblings], [6, 1, 1]);
    const idle = await gather(loop({ facts: {} }), { work });
    assert.equal(idle.failingTests, null);
  });

  it('a note in the code: broken or wished for, since when, and how much went on around it', async () => {
    const note = loop({
      source: 'todo',
      title: 'FIXME clock.ts:41 handle CRLF',
      anchors: [{ kind: 'line', file: 'tests/clock.ts', line: 41, text: '', lost: false }],
      facts: { writtenAt: NOW - 88 * DAY, changesSince: 14 },
    });
    const { broken, ageDays, changesSince, auxiliary, words } = await gather(note);
    assert.deepEqual([broken, ageDays, changesSince, auxiliary, words], [1, 88, 14, 1, 4]);
    assert.equal((await gather({ ...note, title: 'TODO x' })).broken, 0);
  });

  it('a cancelled reading rejects with its reason', async () => {
    const { findGit } = await import('../../../companion/git/index.ts');
    const { systemClock } = await import('../../../companion/kernel/index.ts');
    const program = await findGit({ clock: systemClock });
    const sources = {
      loops: { list: () => [] },
      timeline: { read: () => [] },
      program,
      idOf: () => null,
      now: NOW,
    };
    const reading = gatherFate(loop({ workspace: '.' }), sources, AbortSignal.abort(new Error('enough')));
    await assert.rejects(reading, /enough/);
  });
});
