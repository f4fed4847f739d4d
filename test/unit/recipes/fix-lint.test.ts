import assert from 'node:assert/strict';
import { readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { fixLint } from '../../../companion/recipes/fix-lint.ts';
import { readLintOutput } from '../../../companion/recipes/lint-output.ts';
import { planFolder, refusal } from '../../support/plan-world.ts';

const MODULES = path.resolve('node_modules');
const recorded = (name: string) => readFileSync(path.resolve('test/fixtures/tool-output', name), 'utf8');
const PROJECT = { roots: ['/home/ana/project'], folder: '' };
/** A tool that is set up and, as far as a recipe can see, installed. */
const installed = (...names: string[]) =>
  Object.fromEntries(names.map((name) => [`node_modules/.bin/${name}`, '#!/bin/sh\n']));
const argvOf = async (files: Record<string, string>, options: Record<string, string> = {}) => {
  using folder = planFolder(files);
  const plan = await fixLint.plan(folder.world, options);
  return plan.steps.map((step) =>
    step.tool === 'command' ? [step.folder, ...step.argv].join(' ') : step.tool,
  );
};

describe('recipes/fix-lint', function () {
  this.timeout(60_000);

  it('fixes with the real Biome, counts what was fixed and lists the rest with file and line', async () => {
    const bad = 'let a = 1;\nexport function f(x: any) {\n  return a == x;\n}\n';
    using folder = planFolder({
      'biome.json': '{"formatter":{"indentStyle":"space"}}',
      'package.json': '{"scripts":{"test":"node --test"}}',
      'src/a.ts': bad,
      'src/-b [c] ü.ts': bad,
      'src/fine.ts': 'export const one = 1;\n',
    });
    symlinkSync(MODULES, path.join(folder.root, 'node_modules'));
    const plan = await fixLint.plan(folder.world, { path: 'src' });
    assert.equal(plan.sentence, 'Fix what Biome can fix in src, with `biome check --write`.');
    assert.equal(plan.destination, 'in your working tree, not committed');
    assert.deepEqual(plan.verify, { argv: ['npm', 'run', 'test'], folder: '' });
    const done = folder.rehearse(plan);
    assert.deepEqual(done.codes, [1, 1]);
    assert.match(done.read('src/a.ts'), /^const a = 1;/);
    const told = fixLint.tell!({ ...done, steps: plan.steps });
    assert.equal(told.done, 'Fixed 2 problems in 2 files (4 remain, listed)');
    assert.deepEqual(told.review.map(({ file, line }) => `${file}:${line}`).sort(), [
      'src/-b [c] ü.ts:2',
      'src/-b [c] ü.ts:3',
      'src/a.ts:2',
      'src/a.ts:3',
    ]);
    assert.match(told.review.map(({ text }) => text).join('\n'), /noExplicitAny: Unexpected any/);
    // Told without the folders, it finds them by the files that were changed.
    assert.deepEqual(fixLint.tell!({ output: done.output, edits: done.edits }), told);
    assert.equal(folder.read('src/a.ts'), bad, 'the folder itself is as it was');
  });

  it('says that nothing is left where nothing is', () => {
    const told = fixLint.tell!({
      output: 'Found 3 errors.\nFound 1 warning.\n\n',
      edits: [{ path: 'a', before: null, after: null }],
    });
    assert.deepEqual(told, { done: 'Fixed 4 problems in 1 file; nothing is left', review: [] });
  });

  for (const [name, fixed, left] of [
    [
      'eslint.txt',
      7,
      ['src/a.js:3 eqeqeq: Expected', 'src/b c.js:2 no-unused-vars', 'src/broken.js:1 Parsing error'],
    ],
    ['prettier.txt', null, ['src/broken.js:1 SyntaxError: Unexpected token']],
    ['stylelint.txt', null, ['a.css:1 Too many declarations', 'a.css:1 Unknown property']],
    ['ruff.txt', 2, ['a.py:1 F821 Undefined name', 'bad.py:2 invalid-syntax']],
    ['black.txt', null, ['bad.py:1 ']],
  ] as const)
    it(`reads what ${name.replace('.txt', '')} wrote`, () => {
      const found = readLintOutput(recorded(name), PROJECT);
      const words = found.left.map(({ file, line, words }) => `${file}:${line} ${words}`);
      assert.equal(words.length, left.length, words.join('\n'));
      for (const [i, begin] of left.entries())
        assert.ok(words[i]!.startsWith(begin), `${words[i]} begins with ${begin}`);
      assert.equal(found.fixed, fixed);
    });

  it('names files from the root, also where a program ran in a folder of it, or elsewhere', () => {
    const output =
      'a.py:1:5: F821 Undefined name\n/elsewhere/x.py:2:1: E1 x\n/copy/pkg/b.py:3:1: E2 y\n../out.py:4:1: E3 z\n';
    const { left } = readLintOutput(output, { roots: ['/copy', '/real'], folder: 'pkg' });
    assert.deepEqual(
      left.map(({ file }) => file),
      ['pkg/a.py', null, 'pkg/b.py', null],
    );
  });

  it('knows each tool by its own files, and starts it without a shell', async () => {
    assert.deepEqual(await argvOf({ '.eslintrc.json': '{}', ...installed('eslint') }), [
      ' node_modules/.bin/eslint --format stylish --no-color .',
      ' node_modules/.bin/eslint --fix --format stylish --no-color .',
    ]);
    assert.deepEqual(
      await argvOf({ 'eslint.config.mts': '', ...installed('eslint'), 'a b.ts': '' }, { path: 'a b.ts' }),
      [
        ' node_modules/.bin/eslint --format stylish --no-color a b.ts',
        ' node_modules/.bin/eslint --fix --format stylish --no-color a b.ts',
      ],
    );
    assert.deepEqual(await argvOf({ 'package.json': '{"prettier":{}}', ...installed('prettier') }), [
      ' node_modules/.bin/prettier --write --ignore-unknown --no-color --log-level log .',
    ]);
    assert.deepEqual(await argvOf({ '.stylelintrc': '{}', ...installed('stylelint') }), [
      ' node_modules/.bin/stylelint --fix --formatter unix --allow-empty-input **/*.{css,scss,sass,less,pcss}',
    ]);
    const python = {
      'pyproject.toml': '[tool.ruff]\nline-length = 100\n[tool.black]\n',
      '.venv/bin/python': '',
    };
    assert.deepEqual(await argvOf(python), [' .venv/bin/ruff check --fix --output-format concise -- .']);
    assert.deepEqual(await argvOf(python, { tool: 'black' }), [' .venv/bin/black --no-color -- .']);
    assert.deepEqual(await argvOf({ 'go.mod': 'module x\n' }), [' gofmt -l -w .']);
    assert.deepEqual(await argvOf({ 'Cargo.toml': '' }), [' cargo fmt']);
    assert.deepEqual(await argvOf({ '.rubocop.yml': '' }), [
      ' bundle exec rubocop -a --format emacs --format offenses -- .',
    ]);
    assert.deepEqual(
      await argvOf({ 'package.json': '{"scripts":{"lint:fix":"mylint"}}', 'pnpm-lock.yaml': '' }),
      [' pnpm run lint:fix'],
    );
  });

  it('an option cannot be smuggled in as a path', async () => {
    const files = { '.eslintrc.json': '{}', ...installed('eslint'), '--init': 'x' };
    assert.match((await argvOf(files, { path: '--init' }))[1]!, / \.\/--init$/);
  });

  it('in a monorepo: the nearest tool, programs of the top, and a question where several could be meant', async () => {
    const files = {
      'package.json': '{"workspaces":["packages/*"]}',
      'packages/a/.eslintrc.json': '{}',
      'packages/a/src/x.js': '',
      'packages/b/biome.json': '{}',
      ...installed('eslint', 'biome'),
    };
    assert.deepEqual(await argvOf(files, { path: 'packages/a/src/x.js' }), [
      'packages/a ../../node_modules/.bin/eslint --format stylish --no-color src/x.js',
      'packages/a ../../node_modules/.bin/eslint --fix --format stylish --no-color src/x.js',
    ]);
    using folder = planFolder(files);
    assert.equal(await fixLint.unavailable(folder.world), null);
    assert.match(
      await refusal(fixLint.plan(folder.world, {})),
      /^bad_input: path: several folders .*: packages\/a and packages\/b\. Name one\./,
    );
  });

  it('says which other tools there are', async () => {
    using folder = planFolder({ 'biome.json': '{}', '.prettierrc': '', ...installed('biome', 'prettier') });
    const plan = await fixLint.plan(folder.world, {});
    assert.match(plan.review![0]!.text, /Also set up here: Prettier\. Choose one with the option `tool`/);
  });

  it('refuses with what to do', async () => {
    using empty = planFolder({ 'a.txt': '' });
    assert.match((await fixLint.unavailable(empty.world))!, /No fixer is set up/);
    assert.match(await refusal(fixLint.plan(empty.world, {})), /^conflict: No fixer is set up/);
    using folder = planFolder({ 'biome.json': '{}', 'yarn.lock': '' });
    assert.match(
      await refusal(fixLint.plan(folder.world, {})),
      /Biome is set up here but not installed.*`yarn install`/,
    );
    assert.match(
      await refusal(fixLint.plan(folder.world, { tool: 'tslint' })),
      /^bad_input: tool: "tslint" is not known/,
    );
    assert.match(
      await refusal(fixLint.plan(folder.world, { tool: 'eslint' })),
      /eslint is not set up here; Biome/,
    );
    const inside = path.join(folder.root, 'src');
    for (const bad of ['a\\b', 'a\0b', 'a/../b', inside])
      assert.match(await refusal(fixLint.plan(folder.world, { path: bad })), /^bad_input: path: /, bad);
    for (const bad of ['../x', 'a/../../x', '/etc', '~/x', '.git/config', '.ENV', 'C:x', `${inside}/../../x`])
      assert.match(await refusal(fixLint.plan(folder.world, { path: bad })), /^forbidden: path: /, bad);
  });
});
