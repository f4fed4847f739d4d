import assert from 'node:assert/strict';
import { readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import type { Plan, PlanWorld } from '../../../companion/agency/index.ts';
import { collectFailures, type OpenThread } from '../../../companion/recipes/collect-failures.ts';
import { planFolder, refusal } from '../../support/plan-world.ts';

const recorded = (name: string) => readFileSync(path.resolve('test/fixtures/tool-output', name), 'utf8');
const recipe = (open: readonly OpenThread[] = []) => collectFailures(() => open);
const threads = (plan: Plan) =>
  plan.steps.map((step) =>
    step.tool === 'open_loop'
      ? `${step.title.replace('Failing test: ', '')} @ ${step.file}:${step.line}`
      : step.tool,
  );
const saying = (world: PlanWorld, output: string, code = 1): PlanWorld => ({
  ...world,
  tryOut: async () => ({ code, ended: 'exit', output, ms: 1, killed: 0 }),
});
const NODE_TEST = `import test from 'node:test';
import assert from 'node:assert';
test('adds', () => { assert.equal(1 + 1, 3); });
test('group', async (t) => {
  await t.test('inner # x', () => { throw new Error('boom'); });
});
test('fine', () => {});
`;
const MOCHA = `const assert = require('node:assert');
describe('sums', () => {
  it('adds', () => { assert.equal(1 + 1, 3); });
  it('ok', () => {});
  it('odd "title" ü', () => { throw new Error('boom'); });
});
`;

describe('recipes/collect-failures', function () {
  this.timeout(120_000);

  it('runs the real node:test and finds each failure with its place', async () => {
    using folder = planFolder({
      'package.json': '{"scripts":{"test":"node --test test/a.test.mjs"}}',
      'test/a.test.mjs': NODE_TEST,
    });
    const plan = await recipe().plan(folder.world, {});
    assert.deepEqual(threads(plan), ['adds @ test/a.test.mjs:3', 'inner # x @ test/a.test.mjs:5']);
    assert.match(
      plan.sentence,
      /^Open 2 threads for 2 failing tests of `node --test-reporter=spec --test test\/a\.test\.mjs`\.$/,
    );
    assert.equal(plan.verify, null);
    const [first] = plan.steps;
    assert.ok(first?.tool === 'open_loop' && /2 == 3/.test(first.context));
  });

  it('runs the real mocha, also in a folder of a monorepo with programs at the top', async () => {
    using folder = planFolder({
      'package.json': '{"workspaces":["packages/*"]}',
      'packages/a/package.json': '{"scripts":{"test":"mocha \\"spec/*.js\\""}}',
      'packages/a/spec/ü [1].js': MOCHA,
    });
    symlinkSync(path.resolve('node_modules'), path.join(folder.root, 'node_modules'));
    const plan = await recipe().plan(folder.world, { path: 'packages/a' });
    assert.deepEqual(threads(plan), [
      'sums adds @ packages/a/spec/ü [1].js:3',
      'sums odd "title" ü @ packages/a/spec/ü [1].js:5',
    ]);
  });

  const PYTHON =
    'def helper():\n    pass\n\ndef test_adds():\n    pass\n\nclass TestBox:\n    def test_in(self):\n        pass\n\ndef test_many():\n  pass\ndef test_err(): pass\n';
  for (const [name, files, wanted] of [
    [
      'jest.txt',
      { 'package.json': '{"scripts":{"test":"jest"}}', 'node_modules/.bin/jest': '', 'a.test.js': '' },
      ['sums › adds @ a.test.js:3', 'sums › throws @ a.test.js:5'],
    ],
    [
      'vitest.txt',
      { 'package.json': '{"scripts":{"test":"vitest"}}', 'node_modules/.bin/vitest': '', 'v/a.test.mjs': '' },
      ['sums > adds @ v/a.test.mjs:3', 'sums > throws @ v/a.test.mjs:4'],
    ],
    [
      'pytest.txt',
      { 'pytest.ini': '', 'tests/test_a.py': PYTHON, 'tests/test_zb.py': '' },
      [
        'test_adds @ tests/test_a.py:4',
        'test_many[a b] @ tests/test_a.py:11',
        'TestBox::test_in @ tests/test_a.py:8',
        'collecting tests/test_zb.py @ tests/test_zb.py:undefined',
        'test_err @ tests/test_a.py:13',
      ],
    ],
    [
      'cargo-test.txt',
      { 'Cargo.toml': '', 'src/lib.rs': '', 'tests/it.rs': '' },
      ['tests::it_fails @ src/lib.rs:7', 'outer @ tests/it.rs:2'],
    ],
    [
      'go-test.txt',
      { 'go.mod': 'module example.com/m\n', 'sums/add_test.go': '' },
      ['TestAdd @ sums/add_test.go:9', 'TestGroup/sub_case @ sums/add_test.go:17'],
    ],
  ] as const)
    it(`reads what ${name.replace('.txt', '')} wrote`, async () => {
      using folder = planFolder(files);
      const plan = await recipe().plan(saying(folder.world, recorded(name)), {});
      assert.deepEqual(threads(plan), [...wanted]);
    });

  it('opens no second thread for the same test in the same file, and says so', async () => {
    using folder = planFolder({ 'Cargo.toml': '', 'src/lib.rs': '', 'tests/it.rs': '' });
    const world = saying(folder.world, `${recorded('cargo-test.txt')}${recorded('cargo-test.txt')}`);
    const open = [{ title: 'Failing test: outer', file: 'tests/it.rs' }];
    const plan = await recipe(open).plan(world, {});
    assert.deepEqual(threads(plan), ['tests::it_fails @ src/lib.rs:7']);
    assert.match(plan.review![0]!.text, /^1 failing test has an open thread already/);
    const all = [...open, { title: 'Failing test: tests::it_fails', file: 'src/lib.rs' }];
    assert.match(
      await refusal(recipe(all).plan(world, {})),
      /2 tests failed, and there is an open thread for each/,
    );
  });

  it('opens at most twenty, tells of the others, and of what was cut off', async () => {
    using folder = planFolder({ 'package.json': '{"scripts":{"test":"make it so"}}' });
    const many = Array.from({ length: 25 }, (_, i) => `not ok ${i + 3} t${i}\n  boom\n`).join('');
    const plan = await recipe().plan(saying(folder.world, many), {});
    assert.equal(plan.steps.length, 20);
    assert.match(plan.review!.map(({ text }) => text).join(' '), /5 more tests failed.*may be missing/);
  });

  it('refuses where there is nothing to collect, or nothing to go by', async () => {
    using folder = planFolder({ 'package.json': '{"scripts":{"test":"x"}}', 'a.txt': '' });
    const refuse = (output: string, code: number) =>
      refusal(recipe().plan(saying(folder.world, output, code), {}));
    assert.match(await refuse('fine', 0), /^conflict: All tests pass/);
    assert.match(
      await refuse('Segmentation fault', 139),
      /no failing test could be read out of what it wrote: .*Segmentation fault/,
    );
    const slow = {
      ...folder.world,
      tryOut: async () => ({ code: null, ended: 'timeout' as const, output: '', ms: 1, killed: 1 }),
    };
    assert.match(await refusal(recipe().plan(slow, {})), /was ended \(timeout\)/);
    assert.match(
      await refusal(recipe().plan(folder.world, { path: 'nowhere' })),
      /there is no folder "nowhere"/,
    );
    using empty = planFolder();
    assert.match((await recipe().unavailable(empty.world))!, /No tests were found/);
    assert.match(await refusal(recipe().plan(empty.world, {})), /No tests were found/);
    using none = planFolder({
      'package.json': '{"scripts":{"test":"echo \\"Error: no test specified\\" && exit 1"}}',
    });
    assert.match((await recipe().unavailable(none.world))!, /No tests were found/);
  });
});
