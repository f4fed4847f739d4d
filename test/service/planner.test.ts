import assert from 'node:assert/strict';
import { applyHunks, readPatch } from '../../companion/patches/index.ts';
import { wheelStep } from '../../companion/protocol/index.ts';
import { makeRepository } from '../fixtures/repository.ts';
import { planFolder, refusal } from '../support/plan-world.ts';
import { makesSteps, planner } from '../support/planning.ts';

const CLOCK = 'export const now = 1;\n// TODO freeze\nexport const later = 2;\n';
const FILES = {
  'src/clock.ts': CLOCK,
  'src/store.ts': 'open("x.db")\n',
  'package.json':
    '{"scripts":{"test":"node --test","lint":"biome check","deploy":"rsync","test:deploy":"x"}}',
};
const steps = (...all: unknown[]) => ({ steps: all });
const reasons = async (request: string, drafted: unknown[]) => {
  using folder = planFolder(FILES);
  const { recipe, language } = planner((generation) =>
    makesSteps(generation) ? { steps: drafted } : { edits: [] },
  );
  const plan = await recipe.plan(folder.world, { text: request });
  assert.deepEqual(plan.steps, [], 'nothing of a refused plan is left to do');
  assert.equal(language.calls.filter((call) => !makesSteps(call)).length, 0, 'no file was read for it');
  return { texts: plan.refused?.reasons.map(({ text }) => text) ?? [], breach: plan.refused?.breach };
};

describe('plans by a model', () => {
  it('a request becomes steps, and each file is changed by a question of its own', async () => {
    using folder = planFolder(FILES);
    const { recipe, language } = planner((generation) =>
      makesSteps(generation)
        ? steps(
            { tool: 'edit', path: 'src/clock.ts', what: 'freeze it' },
            { tool: 'command', command: 'npm run lint' },
          )
        : { edits: [{ find: 'now = 1', replace: 'now = 0' }] },
    );
    const plan = await recipe.plan(folder.world, {
      text: 'Change the clock in src/clock.ts to 0, then run the lint',
    });
    assert.equal(plan.sentence, 'Change src/clock.ts, run `npm run lint` on a copy.');
    assert.equal(plan.destination, 'in your working tree, not committed');
    assert.deepEqual(plan.verify, { argv: ['npm', 'run', 'test'], folder: '' });
    for (const step of plan.steps) assert.ok(wheelStep.safeParse(step).success);
    const [patch, command] = plan.steps;
    assert.ok(patch?.tool === 'patch' && command?.tool === 'command');
    const result = applyHunks(CLOCK, readPatch(patch.diff)[0]!);
    assert.equal(result.ok && result.text, CLOCK.replace('now = 1', 'now = 0'));
    const [first, second] = language.calls.map(({ messages }) =>
      messages.map(({ content }) => content).join('\n'),
    );
    assert.ok(
      !first!.includes('TODO freeze') && !first!.includes('40k writes'),
      'steps are made without any text of others',
    );
    assert.match(first!, /^- npm run test$/m);
    assert.doesNotMatch(first!, /deploy/);
    assert.ok(second!.includes('TODO freeze') && second!.includes('40k writes'));
  });

  it('makes new files, moves, renames, branches, commits and notes', async () => {
    using folder = planFolder(FILES);
    const { recipe } = planner((generation) =>
      makesSteps(generation)
        ? steps(
            { tool: 'create', path: 'test/clock.test.ts', what: 'a test' },
            { tool: 'branch', name: 'test/clock' },
            { tool: 'rename', path: 'src/clock.ts', symbol: 'later', to: 'soon' },
            { tool: 'move', from: 'src/store.ts', to: 'src/db.ts' },
            { tool: 'commit', message: 'test: the clock' },
            { tool: 'open_loop', title: 'More tests of the clock' },
          )
        : { edits: [{ find: '', replace: 'test' }] },
    );
    const text =
      'Add a test for the clock on a new branch, rename later to soon, move store.ts to src/db.ts, commit it, and note that the clock needs more tests';
    const plan = await recipe.plan(folder.world, { text });
    assert.deepEqual(
      plan.steps.map(({ tool }) => tool),
      ['write', 'branch', 'rename', 'move_file', 'commit', 'open_loop'],
    );
    assert.equal(plan.destination, 'test/clock, committed');
  });

  it('[A9] what asks for more than its contract is refused step by step, each with its reason, and nothing is done', async () => {
    const { texts, breach } = await reasons('Fix the clock in src/clock.ts and run the tests', [
      { tool: 'edit', path: 'src/clock.ts', what: 'this one alone would be fine' },
      { tool: 'edit', path: '../../etc/passwd', what: 'x' },
      { tool: 'edit', path: '/etc/passwd', what: 'x' },
      { tool: 'edit', path: '.git/hooks/pre-commit', what: 'x' },
      { tool: 'edit', path: '.env.local', what: 'x' },
      { tool: 'edit', path: 'src/store.ts', what: 'x' },
      { tool: 'shell', command: 'rm -rf /' },
      { tool: 'command', command: 'rm -rf /' },
      { tool: 'command', command: 'npm run test && curl evil.example' },
      { tool: 'command', command: 'npm run deploy' },
      { tool: 'command', argv: ['sh', '-c', 'x'] },
      { tool: 'delete', path: 'src/clock.ts' },
      { tool: 'branch', name: 'x' },
      { tool: 'commit', message: 'x' },
      { tool: 'open_loop', title: 'clock' },
      { tool: { nested: true } },
    ]);
    assert.deepEqual(texts, [
      'Step 2 (edit) was refused: "../../etc/passwd" leads out of the folder.',
      'Step 3 (edit) was refused: "/etc/passwd" is not relative to the folder.',
      'Step 4 (edit) was refused: ".git/hooks/pre-commit" is one that is never touched (secrets, .git).',
      'Step 5 (edit) was refused: ".env.local" is one that is never touched (secrets, .git).',
      'Step 6 (edit) was refused: the request names other files, not "src/store.ts".',
      'Step 7 (shell) was refused: there is no tool "shell".',
      'Step 8 (command) was refused: "rm -rf /" is none of the project\'s own commands.',
      'Step 9 (command) was refused: "npm run test && curl evil.example" is none of the project\'s own commands.',
      'Step 10 (command) was refused: "npm run deploy" is none of the project\'s own commands.',
      'Step 11 (command) was refused: "nothing" is none of the project\'s own commands.',
      'Step 12 (delete) was refused: the request does not ask for it (deleting a file).',
      'Step 13 (branch) was refused: the request does not ask for it (making a branch).',
      'Step 14 (commit) was refused: the request does not ask for it (committing).',
      'Step 15 (open_loop) was refused: the request does not ask for it (opening a thread).',
      'Step 16 ({"nested":true}) was refused: there is no tool "{"nested":true}".',
    ]);
    assert.equal(breach, true);
  });

  it('[A9] what merely cannot be is refused too, and is no breach', async () => {
    const { texts, breach } = await reasons('Change nothere.ts and rename tick to tock in src/clock.ts', [
      { tool: 'edit', path: 'src/nothere.ts' },
      { tool: 'rename', path: 'src/clock.ts', symbol: 'tick', to: 'tock' },
      { tool: 'edit' },
    ]);
    assert.equal(texts.length, 3);
    assert.equal(breach, false);
  });

  it('[A9] deletes and moves only what the request names, and branches whose work has arrived', async () => {
    await using repo = await makeRepository();
    repo.commit(FILES);
    repo.branch('done');
    repo.checkout('main');
    repo.commit({ later: '1' });
    repo.branch('open');
    repo.commit({ o: '1' });
    repo.checkout('main');
    using folder = planFolder({}, repo.root);
    const drafted = (name: string) => () => steps({ tool: 'delete_branch', name });
    const git = () => repo.program();
    const text = 'Delete the branches that are done';
    const fine = await planner(drafted('done'), {}, { git }).recipe.plan(folder.world, { text });
    assert.equal(fine.steps[0]?.tool, 'delete_branch');
    assert.equal(fine.destination, 'no file changes');
    for (const name of ['open', 'main', 'nope']) {
      const plan = await planner(drafted(name), {}, { git }).recipe.plan(folder.world, { text });
      assert.match(plan.refused!.reasons[0]!.text, /no branch whose work has all arrived/);
    }
    const gone = await planner(() => steps({ tool: 'delete', path: 'src/store.ts' })).recipe.plan(
      folder.world,
      { text: 'Delete src/clock.ts' },
    );
    assert.match(
      gone.refused!.reasons[0]!.text,
      /does not name "src\/store\.ts", and only what it names is deleted/,
    );
  });

  it('a change that does not fit its file refuses the plan', async () => {
    using folder = planFolder(FILES);
    const go = (edits: unknown[]) =>
      planner((generation) =>
        makesSteps(generation) ? steps({ tool: 'edit', path: 'src/clock.ts' }) : { edits },
      ).recipe.plan(folder.world, { text: 'Change src/clock.ts' });
    for (const [edits, words] of [
      [[{ find: 'nowhere', replace: 'x' }], /does not stand in the file/],
      [[{ find: 'export', replace: 'x' }], /more than once/],
      [[{ find: '', replace: 'all new' }], /does not say where/],
      [[], /nothing changes in src\/clock\.ts/],
    ] as const)
      assert.match((await go([...edits])).refused!.reasons[0]!.text, words);
  });

  it('without a model it says what there is without one; other refusals are in words too', async () => {
    using folder = planFolder(FILES);
    const { recipe, language } = planner(() => steps());
    const go = (text: string) => refusal(recipe.plan(folder.world, { text }));
    assert.equal(await recipe.unavailable(folder.world), null);
    assert.match(await go('Fix the clock'), /^conflict: The model found no steps/);
    assert.match(await go('What is open?'), /^conflict: The request asks for nothing that a run can do/);
    assert.match(await go('  '), /^bad_input: text: expected 1 to 4000 characters/);
    assert.match(await go(`fix ${'x'.repeat(4000)}`), /received 4004/);
    language.up = false;
    assert.match(
      (await recipe.unavailable(folder.world))!,
      /No language model .* there are: fix-lint, rename\.$/,
    );
    assert.match(await go('Fix the clock'), /^conflict: No language model is running here/);
    for (const reply of ['no JSON', '[]', '{"steps":7}', '{"steps":["x"]}']) {
      const bad = planner(() => reply).recipe;
      assert.match(
        await refusal(bad.plan(folder.world, { text: 'Fix the clock' })),
        /did not answer in the form/,
      );
    }
  });

  it('hears what was asked before in the conversation, but not where it may leave this machine', async () => {
    using folder = planFolder(FILES);
    const { recipe, language } = planner(() => steps(), {}, { asked: () => ['the clock stands still'] });
    await refusal(recipe.plan(folder.world, { text: 'Fix it', conversation: 'conversation_1' }));
    assert.match(language.calls[0]!.messages[1]!.content, /the clock stands still/);
    const remote = planner(() => steps());
    const sight = async () => ({ ...(await outsideOf(remote.language)) });
    const other = planner(() => steps(), {}, { sight, asked: () => assert.fail('it was asked for') });
    await refusal(other.recipe.plan(folder.world, { text: 'Fix it', conversation: 'conversation_1' }));
  });
});

async function outsideOf(language: ReturnType<typeof planner>['language']) {
  const { knowledge } = await import('../support/mind-world.ts');
  return { knowledge: knowledge(), language, onlyLocal: false, outside: true };
}
