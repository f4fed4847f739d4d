import assert from 'node:assert/strict';
import { entrance, targetWords } from '../../../extension/go/target.ts';
import { targetOf } from '../../../webviews/model/target.ts';

describe('a target', () => {
  it('comes from every kind of anchor and evidence', () => {
    assert.deepEqual(targetOf({ kind: 'branch', branch: 'a' }), { kind: 'branch', branch: 'a' });
    assert.deepEqual(targetOf({ kind: 'file', file: 'a.ts' }), { kind: 'file', file: 'a.ts', line: null });
    assert.deepEqual(targetOf({ kind: 'commit', commit: 'abcd' }), { kind: 'commit', commit: 'abcd' });
    assert.deepEqual(targetOf({ kind: 'stash', commit: 'abcd', name: 'stash@{0}' }), {
      kind: 'commit',
      commit: 'abcd',
      name: 'stash@{0}',
    });
    assert.deepEqual(targetOf({ kind: 'link', url: 'https://a.example' }), {
      kind: 'link',
      url: 'https://a.example',
    });
    assert.deepEqual(targetOf({ file: 'a.ts', line: 2 }), { kind: 'file', file: 'a.ts', line: 2 });
    assert.deepEqual(targetOf({ branch: 'a' }), { kind: 'branch', branch: 'a' });
  });

  it('is entered at a line, else a file, else what there is', () => {
    const branch = targetOf({ branch: 'a' });
    const file = targetOf({ kind: 'file', file: 'a.ts' });
    const line = targetOf({ file: 'b.ts', line: 2 });
    const lost = targetOf({ kind: 'line', file: 'c.ts', line: 2, text: 'x', lost: true });
    assert.equal(entrance([branch, file, line]), line);
    assert.equal(entrance([branch, lost, file]), lost);
    assert.equal(entrance([branch]), branch);
    assert.equal(entrance([]), null);
  });

  it('is named in few words', () => {
    assert.deepEqual(targetWords(targetOf({ file: 'src/deep/a.ts', line: 2 })), {
      icon: 'file',
      label: 'a.ts:2',
      description: 'src/deep',
    });
    assert.equal(
      targetWords(targetOf({ kind: 'stash', commit: 'abcd', name: 'stash@{0}' })).description,
      'stash@{0}',
    );
    assert.equal(targetWords({ kind: 'link', url: 'https://a.example' }).icon, 'link');
  });
});
