import assert from 'node:assert/strict';
import type { Brief } from '../../../../companion/protocol/index.ts';
import { briefChanges, loopChanges } from '../../../../webviews/model/changes.ts';
import { factsOf } from '../../../../webviews/model/facts.ts';
import { nextIndex } from '../../../../webviews/model/keys.ts';
import { readPlace } from '../../../../webviews/model/place.ts';
import { isCancelled, problemOf } from '../../../../webviews/model/problem.ts';
import { count } from '../../../../webviews/model/words.ts';
import { NOW, sampleLoop } from '../../../fixtures/samples.ts';

describe('words', () => {
  it('count', () => {
    assert.equal(count(1, 'thread'), '1 thread');
    assert.equal(count(20_000, 'commit'), '20,000 commits');
  });

  it('tell what was measured, with units', () => {
    const facts = factsOf(
      sampleLoop({
        facts: { uncommittedFiles: 2, insertions: 41, deletions: 12, uncommittedSince: NOW, behind: 6 },
      }),
    );
    assert.deepEqual(facts, [
      { name: 'Uncommitted', text: '2 files, +41 −12 lines', at: NOW },
      { name: 'Behind', text: '6 commits' },
    ]);
  });

  it('say what is new and what is gone', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((id) => sampleLoop({ id: `loop_${id}`, title: id }));
    assert.ok(a && b && c);
    assert.equal(loopChanges(null, [a]), null);
    assert.equal(loopChanges([a], [a]), null);
    assert.equal(loopChanges([a], [a, b]), '1 new: b. 2 threads listed.');
    assert.equal(loopChanges([a, b], [c]), '1 new: c; 2 gone. 1 thread listed.');
  });

  it('say what changed in a brief, and nothing when nothing did', () => {
    const brief = { workspace: '/a', last: null, loops: [], away: [], next: [] } as unknown as Brief;
    const line = { text: 'x', at: null, evidence: [] };
    assert.equal(briefChanges(brief, { ...brief, at: 5 }), null);
    assert.equal(briefChanges(brief, { ...brief, last: line }), 'Brief updated. Last: x');
    assert.equal(briefChanges(brief, { ...brief, workspace: '/b', last: line }), null);
  });

  it('say what went wrong', () => {
    assert.deepEqual(problemOf({ code: 'workspace_gone', message: '/a is gone.' }), {
      kind: 'gone',
      title: 'This folder is not there any more',
      text: '/a is gone.',
    });
    assert.equal(problemOf(new Error('boom')).kind, 'defect');
    assert.equal(problemOf(null).text, 'No reason was given.');
    assert.ok(isCancelled(new DOMException('x', 'AbortError')));
    assert.ok(!isCancelled(new Error('x')));
  });
});

describe('a place in a text field', () => {
  const cases: [string, object][] = [
    ['', {}],
    ['src/a.ts', { file: 'src/a.ts' }],
    ['src/a.ts:41', { file: 'src/a.ts', line: 41 }],
    ['./src\\a.ts:41:7 ', { file: 'src/a.ts', line: 41 }],
    ['a.ts:0', { file: 'a.ts' }],
    [':4', {}],
  ];
  for (const [text, place] of cases) it(`"${text}"`, () => assert.deepEqual(readPlace(text), place));
});

describe('the keys of a list', () => {
  it('go round, and to both ends', () => {
    assert.equal(nextIndex('ArrowDown', 2, 3), 0);
    assert.equal(nextIndex('ArrowUp', 0, 3), 2);
    assert.equal(nextIndex('ArrowUp', -1, 3), 2);
    assert.equal(nextIndex('Home', 2, 3), 0);
    assert.equal(nextIndex('End', 0, 3), 2);
    assert.equal(nextIndex('a', 0, 3), null);
  });
});
