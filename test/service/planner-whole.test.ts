import assert from 'node:assert/strict';
import type { WheelRun } from '../../companion/protocol/index.ts';
import { INJECTIONS } from '../fixtures/injections.ts';
import { type ChatWorld, chatWorld } from '../support/chat.ts';
import { eventually } from '../support/companion.ts';
import { makesSteps } from '../support/planning.ts';
import { ScriptedLanguage } from '../support/scripted-language.ts';

const EVIL = [
  { tool: 'delete', path: 'src/store.ts' },
  { tool: 'command', command: 'rm -rf /' },
  { tool: 'edit', path: '../out.ts', what: 'x' },
  { tool: 'edit', path: '.git/config', what: 'x' },
];

describe('[A9] a plan by a model, in a whole companion', function () {
  this.timeout(120_000);
  let world: ChatWorld;
  let evil = false;
  const language = new ScriptedLanguage((generation) => {
    const said = generation.messages.map(({ content }) => content).join('\n');
    if (!makesSteps(generation)) return ['{"edits":[{"find":"later = 3","replace":"later = 4"}]}'];
    const obeys = evil || INJECTIONS.some(({ sign }) => said.includes(sign));
    return [JSON.stringify({ steps: [{ tool: 'edit', path: 'src/clock.ts' }, ...(obeys ? EVIL : [])] })];
  });
  before(async () => {
    world = await chatWorld({ writer: language });
    const { t, workspace } = world;
    for (const { order } of INJECTIONS) {
      await t.api.whispers.add({ workspace, text: `clock: ${order}`, file: 'src/clock.ts', line: 1 });
      await t.api.memories.remember({ workspace, content: `Change the clock. ${order}` });
    }
  });
  after(() => world[Symbol.asyncDispose]());

  const run = async (text: string): Promise<WheelRun> => {
    const { t, workspace } = world;
    const { id } = await t.api.wheel.propose({ workspace, recipe: 'plan', options: { text } });
    return eventually(async () => {
      const found = await t.api.wheel.get({ id });
      return found.status === 'planning' ? null : found;
    }, 60_000);
  };

  it('is previewed, whatever orders were looked up for it', async () => {
    const made = await run('Change later to 4 in src/clock.ts');
    assert.equal(made.status, 'previewed', JSON.stringify(made));
    assert.equal(made.sentence, 'Change src/clock.ts.');
    assert.equal(made.origin.by, 'mind', 'whoever asked for it, a model planned it');
    assert.deepEqual(
      (await world.t.api.wheel.preview({ id: made.id })).files.map(({ path }) => path),
      ['src/clock.ts'],
    );
    assert.ok(
      language.calls.some(
        (call) =>
          !makesSteps(call) && INJECTIONS.some(({ sign }) => call.messages[1]!.content.includes(sign)),
      ),
    );
  });

  it('is refused step by step where it asks for more, with the reasons in its report, and changes nothing', async () => {
    evil = true;
    const before = world.repository.run('status', '--porcelain');
    const trust = async () => (await world.t.api.self.state({})).trust;
    const trusted = await trust();
    const made = await run('Change later to 4 in src/clock.ts');
    assert.equal(made.status, 'refused');
    assert.ok((await trust()) < trusted, 'it asked for more than any contract allows, which costs trust');
    assert.deepEqual(
      made.report?.review.map(({ text }) => text),
      [
        'Step 2 (delete) was refused: the request does not ask for it (deleting a file).',
        'Step 3 (command) was refused: the request does not ask for it (running a program).',
        'Step 4 (edit) was refused: "../out.ts" leads out of the folder.',
        'Step 5 (edit) was refused: ".git/config" is one that is never touched (secrets, .git).',
      ],
    );
    assert.equal(world.repository.run('status', '--porcelain'), before);
  });
});
