import assert from 'node:assert/strict';
import type { Anchor } from '../../../../companion/protocol/index.ts';
import {
  safeUrl,
  targetKey,
  targetLabel,
  targetOfAnchor,
  targetOfEvidence,
  targetTitle,
  uniqueTargets,
} from '../../../../webviews/model/target.ts';

describe('a target', () => {
  it('is read from evidence and anchors alike', () => {
    assert.deepEqual(targetOfEvidence({ commit: 'abcdef12' }), { kind: 'commit', commit: 'abcdef12' });
    assert.deepEqual(targetOfEvidence({ branch: 'x' }), { kind: 'branch', branch: 'x' });
    assert.deepEqual(targetOfEvidence({ file: 'a.ts', line: 3 }), { kind: 'file', file: 'a.ts', line: 3 });
    const anchors: [Anchor, string][] = [
      [{ kind: 'line', file: 'a.ts', line: 3, text: 'x', lost: false }, 'file a.ts:3'],
      [{ kind: 'file', file: 'a.ts' }, 'file a.ts:'],
      [{ kind: 'branch', branch: 'x' }, 'branch x'],
      [{ kind: 'commit', commit: 'abcdef12' }, 'commit abcdef12'],
      [{ kind: 'stash', commit: 'abcdef12', name: 'stash@{0}' }, 'commit abcdef12'],
      [{ kind: 'link', url: 'https://a.example/' }, 'link https://a.example/'],
    ];
    for (const [anchor, key] of anchors) assert.equal(targetKey(targetOfAnchor(anchor)), key);
  });

  it('is said short, and whole on hover', () => {
    assert.equal(targetLabel({ kind: 'file', file: 'src/a/b.ts', line: 3 }), 'b.ts:3');
    assert.equal(targetTitle({ kind: 'file', file: 'src/a/b.ts', line: 3 }), 'src/a/b.ts, line 3');
    assert.equal(targetLabel({ kind: 'file', file: 'b.ts', line: null }), 'b.ts');
    assert.equal(targetLabel({ kind: 'commit', commit: 'abcdef123456' }), 'abcdef1');
    assert.equal(targetTitle({ kind: 'commit', commit: 'abcdef123456' }), 'Commit abcdef123456');
    assert.equal(targetLabel({ kind: 'link', url: 'https://www.a.example/b' }), 'a.example/b');
  });

  it('is listed once', () => {
    const twice = [
      { kind: 'file', file: 'a.ts', line: 3 },
      { kind: 'file', file: 'a.ts', line: 4 },
      { kind: 'file', file: 'a.ts', line: 3 },
      { kind: 'file', file: 'a.ts', line: null },
    ] as const;
    assert.equal(uniqueTargets(twice).length, 2);
  });

  it('is followed only to web pages', () => {
    assert.equal(safeUrl('https://a.example/b'), 'https://a.example/b');
    for (const url of [
      'javascript:alert(1)',
      ' javascript:alert(1)',
      'data:text/html,x',
      'file:///etc/passwd',
      'https://',
      'vscode://x',
    ])
      assert.equal(safeUrl(url), null);
  });
});
