import assert from 'node:assert/strict';
import { ask, type ChatWorld, chatWorld } from '../support/chat.ts';
import { ScriptedLanguage } from '../support/scripted-language.ts';

const VOTE = JSON.stringify({ choice: 'SQLite', reason: 'One file is enough.', evidence: [1] });

describe('[C9] what passes no door of the council', function () {
  this.timeout(60_000);
  let world: ChatWorld;
  const language = new ScriptedLanguage(() => [VOTE], { local: false });

  before(async () => {
    world = await chatWorld({ writer: language });
    await world.t.api.workspaces.doors({ path: world.workspace, remote: true });
  });
  after(() => world[Symbol.asyncDispose]());

  let n = 0;
  /** All that a model elsewhere was given for a vote; empty where it was not asked. */
  const given = async (about: string) => {
    language.calls.length = 0;
    const { t, workspace } = world;
    const { rounds } = await t.api.council.ask({
      workspace,
      question: `Which ${about} shall it be, number ${++n}?`,
      options: ['SQLite', 'Redis'],
    });
    const spoke = rounds[0]!.ballots.some(({ answeredBy }) => answeredBy !== null);
    assert.equal(spoke, language.calls.length > 0);
    return JSON.stringify(language.calls.map(({ messages }) => messages));
  };

  it('a model elsewhere votes on what is open', async () => {
    const text = await given('database');
    assert.match(text, /One file and no server/);
  });

  it('it is shown nothing that was said to Progeny itself, is private, or belongs elsewhere', async () => {
    const { t, workspace } = world;
    language.up = false;
    await ask(t.api, { workspace, question: 'The tiller is SQLite, says canarytalk.' });
    language.up = true;
    await t.api.memories.remember({ workspace, content: 'The tiller is SQLite canaryhidden', private: true });
    await t.api.memories.remember({ content: 'The tiller is SQLite canarynowhere' });
    const choice = { workspace, question: 'Which tiller?', decision: 'SQLite', why: 'canarychoice' };
    await t.api.decisions.add(choice);
    const open = await given('tiller');
    assert.match(open, /canarychoice/);
    assert.doesNotMatch(open, /canarytalk|canaryhidden|canarynowhere/);
    const { found } = await t.api.memories.recall({ query: 'canarychoice', kinds: ['decision'] });
    await t.api.memories.update({ id: found[0]!.record.id, private: true });
    assert.doesNotMatch(await given('tiller'), /canary/);
  });

  it('a model here is shown all of it, and nobody else is asked when that one goes', async () => {
    language.local = true;
    assert.match(await given('tiller'), /canarytalk/);
    assert.ok(language.calls.every(({ onlyLocal }) => onlyLocal));
    language.local = false;
  });

  it('the fate of a thread: not with a note on it that is private by itself', async () => {
    const { t, workspace } = world;
    const open = await t.api.loops.open({ workspace, title: 'paint the mast' });
    const shut = await t.api.loops.open({ workspace, title: 'paint the boom' });
    for (const loopId of [open.id, shut.id])
      await t.api.whispers.add({ workspace, text: `canarynote for ${loopId}`, loopId });
    for (const { id, content } of await t.api.memories.recent({ limit: 100 }))
      if (content === `canarynote for ${shut.id}`) await t.api.memories.update({ id, private: true });
    language.calls.length = 0;
    await t.api.council.fate({ loop: shut.id });
    assert.deepEqual(language.calls, []);
  });

  it('a confidential folder, and no folder at all', async () => {
    const { t, workspace } = world;
    await t.api.memories.remember({ content: 'The canarynowhere anchor is SQLite' });
    language.calls.length = 0;
    await t.api.council.ask({ question: 'Which canarynowhere anchor?', options: ['SQLite', 'Redis'] });
    await t.api.workspaces.doors({ path: workspace, confidential: true });
    assert.equal(await given('database again'), '[]');
    assert.deepEqual(language.calls, []);
  });
});
