import assert from 'node:assert/strict';
import { themeFor } from '../../../../webviews/host/appearance.ts';
import { absolutePath, clipboardText, editorHref } from '../../../../webviews/host/editor-links.ts';

describe('a link into the editor', () => {
  it('leads to the line, whatever the path holds', () => {
    const file = { kind: 'file', file: 'src/a b#c?.ts', line: 3 } as const;
    assert.equal(editorHref('vscode', '/home/d', file), 'vscode://file/home/d/src/a%20b%23c%3F.ts:3');
    assert.equal(
      editorHref('vscodium', 'C:\\d\\', { ...file, file: 'a.ts', line: null }),
      'vscodium://file/C:/d/a.ts',
    );
    assert.equal(editorHref('copy', '/home/d', file), null);
  });

  it('is none for what an editor cannot open by address', () => {
    assert.equal(editorHref('vscode', '/a', { kind: 'commit', commit: 'abcd' }), null);
    assert.equal(editorHref('vscode', '/a', { kind: 'branch', branch: 'x' }), null);
    assert.equal(editorHref('vscode', '/a', { kind: 'link', url: 'javascript:alert(1)' }), null);
    assert.equal(editorHref('copy', '/a', { kind: 'link', url: 'https://a.example' }), 'https://a.example/');
  });

  it('or a text for the clipboard, in the manner of the machine', () => {
    assert.equal(absolutePath('C:\\d', 'a/b.ts'), 'C:\\d\\a\\b.ts');
    assert.equal(absolutePath('\\\\host\\share', 'a.ts'), '\\\\host\\share\\a.ts');
    assert.equal(absolutePath('/', 'a.ts'), '/a.ts');
    assert.equal(clipboardText('/d', { kind: 'file', file: 'a.ts', line: 3 }), '/d/a.ts:3');
    assert.equal(clipboardText('/d', { kind: 'commit', commit: 'abcd' }), 'git show abcd');
    // A branch may be named to look like a command: only its name is copied.
    assert.equal(clipboardText('/d', { kind: 'branch', branch: 'x;$(rm)' }), 'x;$(rm)');
  });
});

describe('the theme', () => {
  const cases: [Parameters<typeof themeFor>[0], boolean, boolean, string][] = [
    ['auto', false, false, 'light'],
    ['auto', true, false, 'dark'],
    ['auto', true, true, 'hc-dark'],
    ['light', true, true, 'light'],
    ['dark', false, false, 'dark'],
    ['contrast', false, false, 'hc-light'],
    ['contrast', true, false, 'hc-dark'],
  ];
  for (const [choice, dark, contrast, theme] of cases) {
    it(`${choice} on a system that is ${dark ? 'dark' : 'light'}${contrast ? ' with more contrast' : ''}: ${theme}`, () =>
      assert.equal(themeFor(choice, { dark, contrast }), theme));
  }
});
