import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { ICONS } from '../../../../webviews/parts/icon-table.ts';

describe('the icon table', () => {
  it('has the code points of the font', () => {
    const css = readFileSync('node_modules/@vscode/codicons/dist/codicon.css', 'utf8');
    const known = new Map(
      [...css.matchAll(/\.codicon-([\w-]+):before \{ content: "\\([0-9a-f]+)" \}/g)].map(([, name, hex]) => [
        name,
        hex,
      ]),
    );
    const wrong = Object.entries(ICONS).filter(([name, code]) => known.get(name) !== code.toString(16));
    assert.deepEqual(wrong, []);
  });
});
