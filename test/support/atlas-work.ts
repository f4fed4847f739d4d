import { ProgenyError, type WheelRecipe } from '../../companion/protocol/index.ts';
import type { ScriptedWork } from './scripted-wheel.ts';

/** What can be delegated in the folder `atlas` of the host tests. */
export const atlasRecipes: readonly WheelRecipe[] = [
  {
    name: 'fix-lint',
    title: 'Fix lint errors',
    what: 'Runs the project’s own fixer (biome check --write) on a copy and shows what it changes.',
    options: [],
    unavailable: null,
  },
  {
    name: 'rename',
    title: 'Rename a symbol',
    what: 'Renames a name and all that refers to it, by the editor’s own provider.',
    options: [
      { name: 'file', question: 'In which file does the name stand?', required: true },
      { name: 'line', question: 'On which line?', required: true },
      { name: 'column', question: 'In which column?', required: true },
      { name: 'to', question: 'What is it called from now on?', required: true },
    ],
    unavailable: null,
  },
  {
    name: 'apply-patch',
    title: 'Apply a patch',
    what: 'Applies a unified diff where it fits, and says where it does not.',
    options: [{ name: 'patch', question: 'The patch', required: true }],
    unavailable: null,
  },
  {
    name: 'changelog',
    title: 'Add a changelog line',
    what: 'Adds a line below “Unreleased”.',
    options: [],
    unavailable: 'There is no CHANGELOG.md in this folder.',
  },
];

/** Reads a file of the folder as it stands. */
export type ReadFile = (path: string) => string;

/** What the recipes above would do in `atlas`. `failing`: the project's tests do not pass afterwards. */
export function atlasWork(
  recipe: string,
  options: Readonly<Record<string, string>>,
  read: ReadFile,
  failing: boolean,
): ScriptedWork {
  if (recipe === 'rename') {
    const name = options.to ?? '';
    if (!/^[A-Za-z_$][\w$]*$/.test(name))
      throw new ProgenyError('conflict', `"${name}" is no name. Give letters, digits and _.`);
    return renameWork(name, read);
  }
  const scheduler = read('src/scheduler.ts');
  const parser = read('src/parser.ts');
  const test = read('src/clock.test.ts');
  return {
    sentence: 'Fix 14 lint errors in 6 files with `biome check --write`',
    destination: 'in your working tree on fix/clock, not committed',
    steps: [{ tool: 'command', words: 'Runs biome check --write in the folder' }],
    files: [
      {
        path: 'src/scheduler.ts',
        before: scheduler,
        after: scheduler.replace(
          'for (let i = 0; i < steps; i++) tick();',
          'for (let i = 0; i < steps; i += 1) {\n    tick();\n  }',
        ),
      },
      {
        path: 'src/parser.ts',
        before: parser,
        after: parser
          .replace("return text.split('\\n');", 'return text.split(/\\r?\\n/);')
          .replace(
            'lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0)',
            'lines\n    .slice(0, line)\n    .reduce((sum, one) => sum + one.length + 1, 0)',
          ),
      },
      {
        path: 'src/clock.test.ts',
        before: test,
        after: test.replace('test.todo("frozen")', "test.todo('frozen')"),
      },
      { path: '.editorconfig', before: null, after: 'root = true\n\n[*]\nindent_style = space\n' },
      { path: 'docs/map.png', before: 'old', after: 'new', binary: true, bytes: 48_211 },
      { path: 'docs/atlas.csv', before: 'a', after: 'b', bytes: 3_200_000 },
    ],
    commands: [['npm', 'test']],
    effects: [],
    uncovered: ['node_modules/.cache (ignored, 311 MB: more than undo covers)'],
    report: {
      done: 'Fixed 14 lint errors in 6 files with `biome check --write` (2 remain: noExplicitAny, listed)',
      where: 'fix/clock, not committed',
      verified: '`npm test`: 212 passed in 31 s',
      review: [
        { text: 'the fixer wrote the loop anew', file: 'src/scheduler.ts', line: 10 },
        { text: 'noExplicitAny remains', file: 'src/parser.ts', line: 4 },
      ],
    },
    ...(failing && { fails: '`npm test` failed after 3 s: 2 of 212 tests, first “time stands still”' }),
  };
}

function renameWork(to: string, read: ReadFile): ScriptedWork {
  const change = (path: string) => {
    const before = read(path);
    return { path, before, after: before.replaceAll(/\badvance\b/g, to) };
  };
  return {
    sentence: `Rename advance to ${to} in 2 files`,
    destination: 'in your working tree on fix/clock, not committed',
    steps: [{ tool: 'rename', words: `Renames advance to ${to}` }],
    files: [change('src/scheduler.ts'), change('src/clock.test.ts')],
    commands: [['npm', 'test']],
    report: {
      done: `Renamed advance to ${to} in 2 files`,
      where: 'fix/clock, not committed',
      verified: '`npm test`: 212 passed in 31 s',
      review: [],
    },
  };
}
