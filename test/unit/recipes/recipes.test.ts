import assert from 'node:assert/strict';
import path from 'node:path';
import { wheelRecipe, wheelStep } from '../../../companion/protocol/index.ts';
import { matchesAny } from '../../../companion/recipes/clean-branches.ts';
import { findVerification, gitHands, recipes } from '../../../companion/recipes/index.ts';
import { placeOf } from '../../../companion/recipes/rename.ts';
import { slugOf } from '../../../companion/recipes/todo-branch.ts';
import { makeRepository, type TestRepository } from '../../fixtures/repository.ts';
import { planFolder, refusal } from '../../support/plan-world.ts';

const of = (name: string, repo?: TestRepository) => {
  const git = () => (repo ? repo.program() : Promise.reject(new Error('No git is needed.')));
  const found = recipes({ git, openThreads: () => [] }).find((each) => each.name === name);
  assert.ok(found, name);
  return found;
};

describe('recipes', function () {
  this.timeout(60_000);

  it('each has a name of its own, words, and options as the contract has them', () => {
    const all = recipes({ git: () => Promise.reject(new Error()), openThreads: () => [] });
    assert.equal(new Set(all.map(({ name }) => name)).size, 8);
    for (const { name, title, what, options } of all)
      wheelRecipe.parse({ name, title, what, options, unavailable: null });
  });

  describe('rename and move-file', () => {
    it('point at the whole name, in words of any script', () => {
      assert.deepEqual(placeOf('const ab = a;\nconst a = 1;', 'a', null), { line: 1, column: 12 });
      assert.deepEqual(placeOf('const ab = a;\nconst a = 1;', 'a', 2), { line: 2, column: 7 });
      assert.deepEqual(placeOf('größe größ', 'größ', null), { line: 1, column: 7 });
      assert.equal(placeOf('$a _a a1', 'a', null), null);
    });

    it('plan one step by the editor, and refuse what is not there', async () => {
      using folder = planFolder({
        'src/a.ts': 'export const tick = 1;\n',
        'src/b.ts': '',
        'lib/c.ts': '',
        'package.json': '{"scripts":{"test":"x"}}',
      });
      const rename = await of('rename').plan(folder.world, {
        file: 'src/a.ts',
        symbol: 'tick',
        to: 'advance',
      });
      assert.deepEqual(rename.steps, [
        { tool: 'rename', path: 'src/a.ts', line: 1, column: 14, to: 'advance' },
      ]);
      assert.deepEqual(rename.verify, { argv: ['npm', 'run', 'test'], folder: '' });
      for (const [options, words] of [
        [{ file: 'src/a.ts', symbol: 'tick', to: 'a b' }, /is no name/],
        [{ file: 'src/a.ts', symbol: 'tick', to: 'tick' }, /called "tick" already/],
        [{ file: 'src/a.ts', symbol: 'tock', to: 'x' }, /"tock" does not stand in src\/a\.ts/],
        [{ file: 'src/a.ts', symbol: 'tick', to: 'x', line: '0' }, /"0" is no line/],
        [{ file: 'src/z.ts', symbol: 'tick', to: 'x' }, /no text file/],
        [{ symbol: 'tick', to: 'x' }, /^bad_input: file: missing/],
      ] as const)
        assert.match(await refusal(of('rename').plan(folder.world, options)), words);

      const move = (from: string, to: string) => of('move-file').plan(folder.world, { from, to });
      assert.deepEqual((await move('src/a.ts', 'lib/')).steps, [
        { tool: 'move_file', from: 'src/a.ts', to: 'lib/a.ts' },
      ]);
      assert.deepEqual((await move('src/a.ts', 'src/A.ts')).steps, [
        { tool: 'move_file', from: 'src/a.ts', to: 'src/A.ts' },
      ]);
      assert.match(await refusal(move('src/a.ts', 'src/B.ts')), /^conflict: src\/B\.ts is there already/);
      assert.match(await refusal(move('src', 'x')), /no file "src"/);
      assert.match(await refusal(move('src/a.ts', '../x.ts')), /leads out/);
    });
  });

  describe('todo-branch', () => {
    const FILE = 'const a = 1;\n// TODO(ana): handle CRLF in `parse()`!\nconst b = 2;\n';

    it('makes a branch, a draft that shows the place, and a thread; the TODO stays', async () => {
      await using repo = await makeRepository();
      repo.commit({ 'src/p.ts': FILE });
      using folder = planFolder({}, repo.root);
      const plan = await of('todo-branch', repo).plan(folder.world, { file: 'src/p.ts', line: '2' });
      const [branch, draft, loop] = plan.steps;
      assert.deepEqual(branch, { tool: 'branch', name: 'todo/handle-crlf-in-parse' });
      assert.ok(draft?.tool === 'write');
      assert.equal(draft.path, 'drafts/handle-crlf-in-parse.md');
      assert.match(
        draft.text,
        /^# handle CRLF in `parse\(\)`!\n\nFrom `src\/p\.ts:2`, on `main`:\n\n```\nconst a = 1;/,
      );
      assert.deepEqual(loop, {
        tool: 'open_loop',
        title: 'handle CRLF in `parse()`!',
        context: `Draft: ${draft.path}`,
        file: 'src/p.ts',
        line: 2,
      });
      assert.equal(plan.destination, 'todo/handle-crlf-in-parse, not committed');
      // What it plans, the hands can do.
      await gitHands(() => repo.program()).branch(repo.root, 'todo/handle-crlf-in-parse');
      folder.write({ 'docs/drafts/older.md': '' });
      const again = await of('todo-branch', repo).plan(folder.world, { file: 'src/p.ts', line: '2' });
      assert.deepEqual(again.steps[0], { tool: 'branch', name: 'todo/handle-crlf-in-parse-2' });
      assert.ok(
        again.steps[1]?.tool === 'write' && again.steps[1].path === 'docs/drafts/handle-crlf-in-parse-2.md',
      );
    });

    it('takes names that are hostile for what they are, and refuses what is no TODO', async () => {
      assert.equal(slugOf('Ünï-cödé ../../ $(rm -rf) "x" 日本'), 'uni-code-rm-rf-x');
      await using repo = await makeRepository();
      repo.commit({ 'a b.ts': `// FIXME ${'`'.repeat(5)} $(touch x)\n// TODO 日本\nx\n` });
      using folder = planFolder({}, repo.root);
      const go = (options: Record<string, string>) =>
        of('todo-branch', repo).plan(folder.world, { file: 'a b.ts', ...options });
      const draft = (await go({ line: '1' })).steps[1];
      assert.ok(draft?.tool === 'write' && draft.text.includes(`\n${'`'.repeat(6)}\n`));
      assert.deepEqual((await go({ line: '2' })).steps[0], { tool: 'branch', name: 'todo/a-b-ts-2' });
      assert.match(await refusal(go({ line: '3' })), /no TODO, FIXME, HACK or XXX comment on line 3/);
      repo.run('branch', 'mine');
      assert.match(await refusal(go({ line: '1', branch: 'mine' })), /"mine" is there already/);
      repo.run('checkout', '-q', '--detach');
      assert.match((await of('todo-branch', repo).unavailable(folder.world))!, /not on a branch/);
      using plain = planFolder({ 'x.ts': '// TODO x\n' });
      assert.match((await of('todo-branch', repo).unavailable(plain.world))!, /not a git repository/i);
    });
  });

  describe('clean-branches', () => {
    it('lists those whose work has arrived, by whatever way, and what it plans the hands can do', async () => {
      await using repo = await makeRepository();
      repo.commit({ a: '1' });
      for (const name of ['merged', 'squashed', 'open', 'release/1', 'in-tree']) {
        repo.branch(name, 'main');
        repo.commit({ [name.replace('/', '-')]: name });
        repo.checkout('main');
      }
      repo.run('merge', '-q', '--no-ff', '--no-edit', 'merged', 'release/1', 'in-tree');
      repo.run('merge', '-q', '--squash', 'squashed');
      repo.commit({}, { message: 'squash' });
      repo.run('worktree', 'add', '-q', path.join(repo.folder, 'wt'), 'in-tree');
      using folder = planFolder({}, repo.root);
      const recipe = of('clean-branches', repo);
      assert.equal(await recipe.unavailable(folder.world), null);
      const plan = await recipe.plan(folder.world, {});
      const names = plan.steps.flatMap((step) => (step.tool === 'delete_branch' ? [step.name] : []));
      assert.deepEqual(names.sort(), ['merged', 'squashed']);
      assert.match(plan.sentence, /^Delete 2 branches whose work is all in main: /);
      assert.match(
        plan.review!.map(({ text }) => text).join('\n'),
        /squashed stood at \w{7}; its work came by a squash into main/,
      );
      assert.deepEqual((await recipe.plan(folder.world, { keep: 'SQUASH*' })).steps.length, 1);
      assert.match(await refusal(recipe.plan(folder.world, { only: 'nope' })), /^conflict: No branch can go/);
      for (const step of plan.steps) {
        assert.ok(step.tool === 'delete_branch' && wheelStep.safeParse(step).success);
        await gitHands(() => repo.program()).deleteBranch(repo.root, step.name, step.at, step.mergedInto);
      }
      assert.equal(
        repo.run('for-each-ref', '--format=%(refname:short)', 'refs/heads'),
        'in-tree\nmain\nopen\nrelease/1',
      );
    });

    it('reads names with stars in time that grows with them', () => {
      assert.ok(matchesAny('release/1.x', ['release/*']));
      assert.ok(
        matchesAny('a-b-c', ['a*b*c']) && !matchesAny('a-c', ['a*b*c']) && !matchesAny('ab', ['ab*ab']),
      );
      assert.equal(matchesAny('a'.repeat(200), [`${'a*'.repeat(100)}b`]), false);
    });
  });

  describe('how a project verifies itself', () => {
    for (const [what, files, argv] of [
      [
        'its test script, by its own package manager',
        { 'package.json': '{"scripts":{"build":"b","test":"t"}}', 'pnpm-lock.yaml': '' },
        ['pnpm', 'run', 'test'],
      ],
      [
        'no test of npm init',
        {
          'package.json':
            '{"scripts":{"test":"echo \\"Error: no test specified\\" && exit 1","typecheck":"tsc"}}',
        },
        ['npm', 'run', 'typecheck'],
      ],
      [
        'nothing that waits for edits',
        { 'package.json': '{"scripts":{"test":"jest --watch","test:ci":"jest"}}' },
        ['npm', 'run', 'test:ci'],
      ],
      ['cargo', { 'Cargo.toml': '' }, ['cargo', 'test', '--quiet']],
      ['go', { 'go.mod': '' }, ['go', 'test', './...']],
      [
        'pytest in its own environment',
        { 'pyproject.toml': '[tool.pytest.ini_options]\n', '.venv/x': '' },
        ['.venv/bin/python', '-m', 'pytest', '-q'],
      ],
      ['make', { Makefile: 'CHECK := 1\ntest: build\n\ttrue\n' }, ['make', 'test']],
      [
        'tests of the top before the build of the folder',
        { 'package.json': '{"scripts":{"test":"t"}}', 'pkg/package.json': '{"scripts":{"build":"b"}}' },
        ['npm', 'run', 'test'],
      ],
      ['nothing', { 'a.txt': '' }, null],
      ['nothing where package.json is broken', { 'package.json': '{' }, null],
    ] as const)
      it(what, async () => {
        using folder = planFolder(files as Record<string, string>);
        assert.deepEqual((await findVerification(folder.world, 'pkg'))?.argv ?? null, argv);
      });
  });
});
