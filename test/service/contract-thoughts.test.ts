import assert from 'node:assert/strict';
import { ask, type ChatWorld, chatWorld } from '../support/chat.ts';

describe('contract: thoughts by question, over a real socket', function () {
  this.timeout(60_000);
  let world: ChatWorld;
  before(async () => {
    world = await chatWorld();
  });
  after(() => world[Symbol.asyncDispose]());

  it('[W1] by the question that they led to an answer of, with what it cites; found by its words, too', async () => {
    const { t, workspace } = world;
    const first = await ask(t.api, { workspace, question: 'why did we choose SQLite?' });
    const second = await ask(t.api, { question: 'what is open?' });
    const trails = await t.api.thoughts.trails({});
    assert.deepEqual(
      trails.map(({ turn }) => turn?.id),
      [second.turn.id, first.turn.id],
    );
    const [, { turn, thoughts }] = trails as [unknown, (typeof trails)[number]];
    const { id, conversation, at, question, citations, answeredBy, outcome } = first.turn;
    assert.deepEqual(turn, { id, conversation, workspace, at, question, citations, answeredBy, outcome });
    assert.deepEqual(
      thoughts.map(({ step }) => step),
      ['perception', 'retrieval'],
    );
    assert.deepEqual(thoughts.toReversed(), await t.api.thoughts.list({ turn: id }));
    // The words of the question find all of its thoughts, those of a thought it alone.
    const ids = async (query: Parameters<typeof t.api.thoughts.trails>[0]) =>
      (await t.api.thoughts.trails(query)).map((trail) => [trail.turn?.id, trail.thoughts.length]);
    assert.deepEqual(await ids({ text: 'CHOOSE sqlite' }), [[id, 2]]);
    assert.deepEqual(await ids({ text: 'choose intent' }), [[id, 1]]);
    assert.deepEqual(await ids({ step: 'retrieval' }), [
      [second.turn.id, 1],
      [id, 1],
    ]);
    assert.deepEqual(await ids({ workspace }), [[id, 2]]);
    assert.deepEqual(await ids({ limit: 1 }), [[second.turn.id, 2]]);
    assert.deepEqual(await ids({ since: Date.now() + 1000 }), []);
    await assert.rejects(t.api.thoughts.trails({ workspace: '/no/such/folder' }), { code: 'not_found' });
    await assert.rejects(t.api.thoughts.trails({ limit: 0 }), { code: 'bad_input' });
  });

  it('[W1] where they are off nothing of it is kept; what is forgotten leaves no thought', async () => {
    const { t, workspace } = world;
    const before = await t.api.thoughts.list({});
    await t.api.settings.update({ language: { thoughts: false } });
    const { turn } = await ask(t.api, { workspace, question: 'why a frozen clock?' });
    assert.ok(turn.answer !== '');
    assert.deepEqual(await t.api.thoughts.list({}), before);
    await t.api.settings.update({ language: { thoughts: true } });
    const again = await ask(t.api, { workspace, question: 'and why now?' });
    assert.equal((await t.api.thoughts.trails({}))[0]?.turn?.id, again.turn.id);
    await t.api.chat.forget({ id: again.turn.conversation });
    assert.ok(!(await t.api.thoughts.trails({})).some((trail) => trail.turn?.id === again.turn.id));
    assert.deepEqual(await t.api.thoughts.list({}), before);
  });
});
