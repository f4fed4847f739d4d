import assert from 'node:assert/strict';
import { fateWords, gatherFate } from '../../../companion/fate-gathering.ts';
import type { Loop } from '../../../companion/protocol/index.ts';
import type { WorkEvent } from '../../../companion/timeline/index.ts';
import { readTextFile } from '../../../companion/workspaces/index.ts';
import { BO, FIRST_COMMIT_AT, makeRepository } from '../../fixtures/repository.ts';

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
interface Known {
  others?: Loop[];
  work?: WorkEvent[];
  texts?: Record<string, string>;
  drift?: number | null;
}
const gather = (one: Loop, { others = [], work = [], texts = {}, drift = null }: Known = {}) =>
  gatherFate(one, {
    loops: { list: () => [one, ...others] },
    timeline: { read: () => work },
    program: new Error('no git'),
    readText: async (_, file) => texts[file] ?? null,
    drift: () => drift,
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
    assert.deepEqual([broken, ageDays, changesSince, auxiliary, words], [1, 88, 14, 1, 2]);
    assert.equal((await gather({ ...note, title: 'TODO x' })).broken, 0);
  });

  it('what a note says stands in its file: owner, question, links, lines, and the other notes there', async () => {
    const text = 'once #12 is in, replace the parser?';
    const note = loop({
      source: 'todo',
      title: `TODO clock.ts:2 ${text}`,
      anchors: [{ kind: 'line', file: 'src/clock.ts', line: 2, text, lost: false }],
    });
    const content = `a\nb\n// TODO(ana): ${text}\nconst TODO = 1; // HACK around\n// FIXME other\nlast`;
    const other = loop({ id: 'loop_b', source: 'todo', anchors: note.anchors });
    const known = { texts: { 'src/clock.ts': content }, others: [other, loop({ id: 'loop_c' })] };
    const m = await gather(note, known);
    assert.deepEqual([m.owned, m.asks, m.waits, m.concrete, m.links, m.broken], [1, 1, 1, 1, 1, 0]);
    // The other note is counted in the file, the branch is another thread.
    assert.deepEqual([m.fileLines, m.siblings, m.auxiliary], [6, 2, 0]);
    const gone = await gather(note, { ...known, texts: { 'src/clock.ts': 'nothing\n' } });
    assert.deepEqual([gone.fileLines, gone.asks, gone.owned], [null, 1, 0]);
  });

  it('how far a thread has left its scope is what its rating says', async () => {
    const measures = await gather(loop(), { drift: 0.62 });
    assert.equal(measures.drift, 0.62);
    assert.ok(fateWords(measures).some(({ words }) => words === '62 % away from its scope'));
  });

  it('[C5] of a note and of a branch in a repository: what the council was measured with is measured here', async () => {
    await using repository = await makeRepository();
    const day = (n: number) => FIRST_COMMIT_AT + n * DAY;
    const lines = Array.from({ length: 40 }, (_, i) => `line ${i}`);
    const write = (changed: Record<number, string>) => ({
      'a.ts': `${lines.map((line, i) => changed[i] ?? line).join('\n')}\n`,
    });
    const notes = { 20: '// TODO split the parser', 35: '// FIXME slow' };
    repository.commit(write({}), { at: day(0), author: BO });
    const born = repository.commit({ ...write(notes), 'b.ts': '// TODO there too\n' }, { at: day(10) });
    repository.commit(write({ ...notes, 22: 'changed' }), { at: day(30), author: BO });
    repository.commit(write({ ...notes, 22: 'changed', 1: 'far away' }), { at: day(100), author: BO });
    repository.commit({ 'c.ts': '1\n' }, { at: day(110) });
    const { program } = await repository.open();
    const note = (id: string, file: string, line: number, text: string) =>
      loop({
        ...{ id, source: 'todo', title: `TODO ${file}:${line} ${text}`, workspace: repository.root },
        anchors: [{ kind: 'line', file, line, text, lost: false }],
        evidence: [{ file, line }, { commit: born }],
      });
    const one = note('loop_a', 'a.ts', 19, 'split the parser');
    const sources = (all: Loop[]) => ({
      ...{ loops: { list: () => all }, timeline: { read: () => [] }, program, readText: readTextFile },
      ...{ drift: () => null, idOf: () => null, now: day(130) },
    });
    const m = await gatherFate(one, sources([one, note('loop_b', 'b.ts', 1, 'there too')]));
    assert.deepEqual(
      [m.changes365, m.changes90, m.fileLines, m.hands365, m.authorHere365, m.repositoryChanges365],
      [4, 1, 40, 2, 1, 5],
    );
    assert.deepEqual([m.ageDays, m.nearbyDays, m.authorIdleDays], [120, 100, 20]);
    // One beside it in the file, one in another file, all of one commit.
    assert.deepEqual([m.siblings, m.bornWith], [1, 2]);
    const words = fateWords(m).map((each) => each.words);
    for (const said of ['a file of 40 lines', 'noted together with 2 others', '4 commits to them in a year'])
      assert.ok(words.includes(said), words.join(', '));

    repository.branch('fix/clock');
    repository.commit({ 'c.ts': '2\n' }, { at: day(120), author: BO });
    repository.run('checkout', '-q', 'main');
    const anchors: Loop['anchors'] = [
      { kind: 'branch', branch: 'fix/clock' },
      { kind: 'file', file: 'c.ts' },
    ];
    const branch = loop({ workspace: repository.root, anchors });
    const b = await gatherFate(branch, sources([branch]));
    assert.deepEqual([b.changes365, b.hands365, b.authorHere365, b.authorIdleDays], [2, 2, 1, 10]);
    assert.deepEqual([b.fileLines, b.nearbyDays, b.bornWith], [null, null, null]);
    // One that is gone has left its files.
    repository.run('branch', '-qD', 'fix/clock');
    assert.equal((await gatherFate(branch, sources([branch]))).changes365, 1);
  });

  it('a cancelled reading rejects with its reason', async () => {
    const { findGit } = await import('../../../companion/git/index.ts');
    const { systemClock } = await import('../../../companion/kernel/index.ts');
    const program = await findGit({ clock: systemClock });
    const sources = {
      loops: { list: () => [] },
      timeline: { read: () => [] },
      program,
      readText: async () => null,
      drift: () => null,
      idOf: () => null,
      now: NOW,
    };
    const reading = gatherFate(loop({ workspace: '.' }), sources, AbortSignal.abort(new Error('enough')));
    await assert.rejects(reading, /enough/);
  });
});
