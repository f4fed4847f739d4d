import assert from 'node:assert/strict';
import { editedText } from '../../../extension/rename/edited-text.ts';
import {
  folderOf,
  mentions,
  nameAt,
  namesOf,
  refersBeside,
  wayTo,
} from '../../../extension/rename/mentions.ts';
import type { ProviderAnswer, RenameEditor } from '../../../extension/rename/rename-editor.ts';
import { renameInEditor } from '../../../extension/rename/rename-in-editor.ts';

const at = (line: number, from: number, to: number, newText: string) => ({
  range: { start: { line, character: from }, end: { line, character: to } },
  newText,
});

describe('a text after edits of an editor', () => {
  const table: readonly [string, string, Parameters<typeof editedText>[1], string][] = [
    ['none', 'a\nb', [], 'a\nb'],
    ['two on a line, in any order', 'one two', [at(0, 4, 7, '2'), at(0, 0, 3, '1')], '1 2'],
    ['line ends stay', 'a\r\nb\r\nc\n', [at(1, 0, 1, 'x'), at(2, 0, 1, 'y')], 'a\r\nx\r\ny\n'],
    ['beyond the end of a line', 'a\nb', [at(0, 1, 99, '!')], 'a!b'],
    ['an insertion at the end', 'a\n', [at(1, 0, 0, 'b')], 'a\nb'],
    ['two insertions in one place keep their order', 'a', [at(0, 1, 1, 'b'), at(0, 1, 1, 'c')], 'abc'],
    ['beyond the basic plane', '😀a', [at(0, 2, 3, 'b')], '😀b'],
  ];
  for (const [name, text, changes, expected] of table) {
    it(name, () => assert.equal(editedText(text, changes), expected));
  }
  it('is none where edits overlap, or are beyond the text', () => {
    assert.throws(() => editedText('abc', [at(0, 0, 2, ''), at(0, 1, 3, '')]), /same place/);
    assert.throws(() => editedText('abc', [at(4, 0, 0, '')]), /line 5 of 1/);
  });
});

describe('mentions of a file', () => {
  it('are paths in quotes or links that end with one of its names', () => {
    const text = [
      "import { a } from './util/clock';",
      'const b = require("../clock.js");',
      'See [the clock](clock.ts#L3), not "clockwork" or clock.',
      "const clock = 'clock tower';",
    ].join('\n');
    const places = mentions(text, namesOf('src/clock.ts'), 10).map(({ line, character }) =>
      text.split('\n')[line]?.slice(character, character + 5),
    );
    assert.deepEqual(places, ['clock', 'clock', 'clock']);
    assert.equal(mentions(text, namesOf('src/clock.ts'), 2).length, 2);
  });
  it('name an index by its folder, too', () => {
    assert.deepEqual(namesOf('src/util/index.ts'), ['index.ts', 'index', 'util']);
    assert.deepEqual(namesOf('.env'), ['.env']);
  });
  it('know the way from folder to file, and which files hang on their folder', () => {
    assert.equal(wayTo('src', 'src/time/a.ts'), 'time/a.ts');
    assert.equal(wayTo('src/x', 'src/a.ts'), '../a.ts');
    assert.equal(wayTo('', 'a.ts'), 'a.ts');
    assert.equal(folderOf('a.ts'), '');
    assert.equal(refersBeside("import a from './a'"), true);
    assert.equal(refersBeside("import a from 'a'"), false);
    assert.deepEqual([nameAt('a = größe;', 6), nameAt('a = b', 2)], ['größe', null]);
  });
});

/** An editor with these files; `provide` plays the language. */
function editorWith(
  files: Record<string, string>,
  provide: RenameEditor['provide'],
  dirty: readonly string[] = [],
): RenameEditor & { readonly opened: string[] } {
  const opened: string[] = [];
  return {
    opened,
    folder: (root) => (root === '/w' ? '/w' : null),
    async text(path) {
      if (dirty.includes(path)) throw new Error(`${path} has unsaved changes in the editor.`);
      const text = files[path];
      if (text === undefined) throw new Error(`There is no ${path}.`);
      return text;
    },
    peek: async (path) => files[path] ?? null,
    open: async (path) => void opened.push(path),
    exists: async (path) => path in files,
    provide,
    candidates: async (_folder, path) => Object.keys(files).filter((one) => one !== path),
  };
}
const answer = (part: Partial<ProviderAnswer>): ProviderAnswer => ({
  edits: [],
  moves: [],
  others: 0,
  ...part,
});
const symbol = { tool: 'rename', path: 'src/a.ts', line: 1, column: 14, to: 'two' } as const;
const move = { tool: 'move_file', from: 'src/a.ts', to: 'lib/a.ts' } as const;
const files = {
  '/w/src/a.ts': 'export const one = 1;\n',
  '/w/src/b.ts': "\uFEFFimport { one } from './a';\n",
  '/w/README.md': 'nothing of it\n',
};

describe('a rename by the editor', () => {
  it('[A8] gives whole texts, changes nothing, and lets the language know every file that has the name', async () => {
    const asked: unknown[] = [];
    const editor = editorWith(files, async (...question) => {
      asked.push(question);
      return answer({
        edits: [
          { path: '/w/src/a.ts', changes: [at(0, 13, 16, 'two')] },
          { path: '/w/src/b.ts', changes: [at(0, 9, 12, 'two')] },
        ],
      });
    });
    const edits = await renameInEditor(editor, { root: '/w', step: symbol });
    assert.deepEqual(edits, {
      texts: {
        'src/a.ts': 'export const two = 1;\n',
        'src/b.ts': "\uFEFFimport { two } from './a';\n",
      },
      moves: [],
    });
    assert.deepEqual(asked, [['/w/src/a.ts', 0, 13, 'two']]);
    assert.deepEqual(editor.opened, ['/w/src/b.ts']);
  });

  it('[A8] moves a file by the import that names it; texts are under the path that files then have', async () => {
    const editor = editorWith(files, async (path, _line, _character, to) =>
      path === '/w/src/b.ts' && to === '../lib/a.ts'
        ? answer({
            edits: [
              { path: '/w/src/b.ts', changes: [at(0, 21, 24, '../lib/a')] },
              { path: '/w/src/a.ts', changes: [at(0, 0, 0, '// moved\n')] },
            ],
            moves: [{ from: '/w/src/a.ts', to: '/w/lib/a.ts' }],
          })
        : null,
    );
    assert.deepEqual(await renameInEditor(editor, { root: '/w', step: move }), {
      texts: {
        'src/b.ts': "\uFEFFimport { one } from '../lib/a';\n",
        'lib/a.ts': '// moved\nexport const one = 1;\n',
      },
      moves: [{ from: 'src/a.ts', to: 'lib/a.ts' }],
    });
  });

  it('[A8] moves a file that nothing names, and refuses one that would lose its own references', async () => {
    const alone = editorWith({ '/w/src/a.ts': 'export {};\n' }, async () => null);
    assert.deepEqual(await renameInEditor(alone, { root: '/w', step: move }), {
      texts: {},
      moves: [{ from: 'src/a.ts', to: 'lib/a.ts' }],
    });
    const hanging = editorWith({ '/w/src/a.ts': "import './b';\n" }, async () => null);
    await assert.rejects(renameInEditor(hanging, { root: '/w', step: move }), /refers to files beside it/);
  });

  const refusals: readonly [string, RenameEditor, typeof symbol | typeof move, RegExp, string?][] = [
    [
      'a folder of another window',
      editorWith(files, async () => null),
      symbol,
      /no folder of this window/,
      '/x',
    ],
    [
      'no provider',
      editorWith(files, async () => null),
      symbol,
      /finds nothing to rename at src\/a\.ts:1:14/,
    ],
    [
      'unsaved changes',
      editorWith(
        files,
        async () => answer({ edits: [{ path: '/w/src/b.ts', changes: [at(0, 9, 12, 'x')] }] }),
        ['/w/src/b.ts'],
      ),
      symbol,
      /b\.ts has unsaved changes/,
    ],
    [
      'an edit out of the folder',
      editorWith(files, async () => answer({ edits: [{ path: '/etc/a', changes: [at(0, 0, 0, 'x')] }] })),
      symbol,
      /out of the folder, to \/etc\/a/,
    ],
    [
      'files made besides',
      editorWith(files, async () => answer({ moves: [{ from: '/w/src/a.ts', to: '/w/c.ts' }], others: 1 })),
      symbol,
      /make or delete files/,
    ],
    [
      'a target that is there',
      editorWith({ ...files, '/w/lib/a.ts': '' }, async () => null),
      move,
      /already something at lib\/a\.ts/,
    ],
  ];
  for (const [name, editor, step, words, root = '/w'] of refusals) {
    it(`[A8] refuses with words: ${name}`, () =>
      assert.rejects(renameInEditor(editor, { root, step }), words));
  }
});
