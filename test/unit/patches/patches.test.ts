import assert from 'node:assert/strict';
import {
  applyHunks,
  countLines,
  PatchError,
  readPatch,
  writePatch,
} from '../../../companion/patches/index.ts';

describe('patches', () => {
  it('what is no patch is refused in words', () => {
    for (const text of [
      'hello',
      '',
      '@@ -1 +1 @@\n-a\n+b\n',
      '--- a\n+++ b\n@@ nonsense @@\n',
      '--- a\n+++ b\n@@ -1,3 +1,3 @@\n x\n',
      'diff --git a/x b/y\nsimilarity index 100%\ncopy from x\ncopy to y\n',
      '--- /dev/null\n+++ /dev/null\n@@ -0,0 +1 @@\n+a\n',
    ])
      assert.throws(() => readPatch(text), PatchError, text);
  });

  it('both sides are named, whatever wrote the patch', () => {
    const named = (text: string) => readPatch(text).map(({ from, to }) => [from, to]);
    assert.deepEqual(named('--- a/x\t2026-01-01\n+++ b/x\t2026-01-02\n@@ -1 +1 @@\n-a\n+b\n'), [['x', 'x']]);
    assert.deepEqual(named('--- /dev/null\n+++ b/new\n@@ -0,0 +1 @@\n+a\n'), [[null, 'new']]);
    assert.deepEqual(named('--- a/old\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n'), [['old', null]]);
    assert.deepEqual(named('diff --git i/x w/y\nsimilarity index 100%\nrename from x\nrename to y\n'), [
      ['x', 'y'],
    ]);
    assert.deepEqual(named('--- ../../x\n+++ ../../x\n@@ -1 +1 @@\n-a\n+b\n'), [['../../x', '../../x']]);
  });

  it('with a fuzz of 0 a hunk may stand elsewhere, and nothing of it may differ', () => {
    const [file] = readPatch('--- a/x\n+++ b/x\n@@ -1,4 +1,4 @@\n a\n b\n-c\n+C\n d\n');
    const put = (text: string) => applyHunks(text, file!, 0);
    assert.deepEqual(put('a\nb\nc\nd\n'), { ok: true, text: 'a\nb\nC\nd\n', notes: [] });
    const moved = put('0\na\nb\nc\nd\n');
    assert.ok(moved.ok && moved.text === '0\na\nb\nC\nd\n' && moved.notes.length === 1);
    assert.equal(put('A\nb\nc\nd\n').ok, false);
    assert.equal(applyHunks('A\nb\nc\nd\n', file!).ok, true);
  });

  it('texts that are the same, or have too little in common, have no patch', () => {
    const many = (name: string) => Array.from({ length: 3000 }, (_, i) => `${name}${i}\n`).join('');
    assert.equal(writePatch('x', 'a\n', 'a\n'), null);
    assert.equal(writePatch('x', many('a'), many('b')), null);
    assert.match(writePatch('x', '', 'a\n')!, /^--- a\/x\n\+\+\+ b\/x\n@@ -0,0 \+1/);
  });

  it('lines that come and go are counted, roughly where there are too many', () => {
    assert.deepEqual(countLines('a\nb\n', 'a\nc\nd\n'), { additions: 2, deletions: 1 });
    const many = (name: string) => Array.from({ length: 9000 }, (_, i) => `${name}${i}`).join('\n');
    assert.deepEqual(countLines(many('a'), many('b')), { additions: 9000, deletions: 9000 });
  });
});
