import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { CLOSED_DOORS } from '../../companion/protocol/index.ts';
import { connectAgent, overStdio } from '../support/agent.ts';
import { AgentWorld } from '../support/agent-world.ts';
import { ask } from '../support/chat.ts';
import type { TestCompanion } from '../support/companion.ts';

describe('[M8] what never passes to an agent', () => {
  let world: AgentWorld;
  let t: TestCompanion;
  let workspace: string;
  let token: string;

  before(async () => {
    world = await AgentWorld.make();
    ({ t, workspace, token } = world);
    await t.api.workspaces.doors({ path: workspace, mcp: true });
    const agent = await world.http();
    await agent.call('remember', { content: 'The tiller is borrowed from Bo' });
  });
  after(() => world[Symbol.asyncDispose]());

  it('whispers, decisions and threads of a private loop, also of one that became private later', async () => {
    const loop = await t.api.loops.open({ workspace, title: 'Secret canary-loop' });
    await t.api.whispers.add({ workspace, text: 'canary-whisper of the tiller', loopId: loop.id });
    await t.api.decisions.add({
      workspace,
      question: 'canary-question tiller?',
      decision: 'yes',
      loopId: loop.id,
    });
    const agent = await world.http();
    const everything = async () => {
      const answers = [
        await agent.call('recall', { query: 'canary-whisper canary-question tiller', limit: 30 }),
        await agent.call('recent', { limit: 50 }),
        await agent.call('open_loops', { limit: 50 }),
      ];
      return answers.map(({ whole }) => whole).join();
    };
    assert.match(await everything(), /canary-whisper[\s\S]*canary-loop/);
    await t.api.loops.update({ id: loop.id, private: true });
    assert.doesNotMatch(await everything(), /canary-/);
    await t.api.whispers.add({ workspace, text: 'canary-later', loopId: loop.id });
    await t.api.memories.remember({ workspace, content: 'canary-memory tiller', private: true });
    await t.api.memories.remember({ content: 'canary-nowhere tiller' });
    assert.doesNotMatch(await everything(), /canary-/);
    // What says the same as a private record is a record of its own.
    const said = await agent.call('remember', { content: 'Canary-Memory tiller.' });
    const { record } = await t.api.memories.trace({ id: String(said.data.id) });
    assert.deepEqual([record.private, record.writtenBy], [false, 'agent']);
  });

  it('what was said to Progeny itself, what it answered, and a summary with words of it', async () => {
    await t.api.memories.remember({ workspace, content: 'The galley is oak' });
    const said = await ask(t.api, { workspace, question: 'Of canary-said: is the galley oak?' });
    assert.ok(said.turn.citations.length > 0, 'it answered something');
    const own = await t.api.memories.recent({ kinds: ['conversation'], limit: 10 });
    assert.deepEqual(
      own.map(({ writtenBy, private: hidden }) => [writtenBy, hidden]),
      [
        ['companion', false],
        ['person', false],
      ],
    );
    const kept = await t.api.memories.remember({ workspace, content: 'canary-kept tiller' });
    await t.api.memories.remember({
      workspace,
      content: 'canary-summary: the galley is oak',
      links: [{ kind: 'quotes', target: own.at(-1)!.id }],
    });
    await t.api.memories.remember({
      workspace,
      content: 'canary-other-summary of the tiller',
      links: [{ kind: 'quotes', target: kept.id }],
    });
    const agent = await world.http();
    for (const tool of ['recall', 'recent']) {
      const { whole } = await agent.call(tool, { query: 'canary tiller galley', limit: 30 });
      assert.match(whole, /canary-kept/);
      assert.match(whole, /canary-other-summary/);
      assert.doesNotMatch(whole, /canary-said|canary-summary|Progeny/);
    }
  });

  it('a note that a person made private by itself, and the thread that is called by it', async () => {
    const whisper = await t.api.whispers.add({ workspace, text: 'canary-alone belongs to nobody else' });
    const agent = await world.http();
    const everything = async () =>
      (await agent.call('recall', { query: 'canary-alone', limit: 30 })).whole +
      (await agent.call('open_loops', { limit: 50 })).whole;
    assert.match(await everything(), /canary-alone/);
    const { found } = await t.api.memories.recall({ query: 'canary-alone', limit: 1 });
    await t.api.memories.update({ id: found[0]!.record.id, private: true });
    assert.doesNotMatch(await everything(), /canary-alone/);
    assert.ok(JSON.stringify(await t.api.loops.list({ workspace })).includes('canary-alone'));
    await t.api.memories.forget({ select: { ids: [whisper.id] } });
  });

  it('a fact of an agent ends no fact of a person', async () => {
    const own = await t.api.memories.remember({
      workspace,
      kind: 'fact',
      content: 'We use Redis for the queue',
    });
    const agent = await world.http();
    await agent.call('remember', { kind: 'fact', content: 'We moved from Redis to SQLite for the queue' });
    assert.equal((await t.api.memories.trace({ id: own.id })).record.validTo, null);
  });

  it('a folder that is not open, and one that is confidential, through either door', async () => {
    const other = path.join(world.repository.folder, 'other');
    mkdirSync(other);
    const { path: closed } = await t.api.workspaces.open({ path: other });
    await t.api.memories.remember({ workspace: closed, content: 'canary-closed tiller' });
    const agent = await world.http();
    for (const tool of ['recall', 'recent', 'open_loops'])
      assert.doesNotMatch((await agent.call(tool, { query: 'canary tiller' })).whole, /canary-closed/);
    const named = await agent.call('recall', { query: 'tiller', workspace: closed });
    assert.deepEqual(
      [named.failed, named.text.replaceAll(closed, 'DIR')],
      [
        true,
        (await agent.call('recall', { query: 'x', workspace: '/nowhere' })).text.replaceAll(
          '/nowhere',
          'DIR',
        ),
      ],
    );
    // An agent's token may not borrow the folder of the user's own client.
    const borrowed = await world.http(token, { 'x-progeny-folder': encodeURIComponent(closed) });
    assert.match((await borrowed.call('recent')).text, /^forbidden/);

    const own = await world.stdio(closed);
    assert.match((await own.call('recall', { query: 'tiller' })).text, /canary-closed/);
    assert.doesNotMatch((await own.call('recent', { limit: 50 })).whole, /borrowed from Bo/);
    assert.ok((await own.call('recent', { workspace })).failed);
    await t.api.workspaces.doors({ path: closed, mcp: true });
    assert.match((await agent.call('recent', { workspace: closed })).text, /canary-closed/);
    // Several are open now: what is written must say where it belongs.
    assert.match((await agent.call('remember', { content: 'x' })).text, /bad_input: workspace: expected one/);
    assert.deepEqual(await t.api.workspaces.doors({ path: closed, confidential: true }), {
      ...CLOSED_DOORS,
      confidential: true,
    });
    await assert.rejects(t.api.workspaces.doors({ path: closed, mcp: true }), { code: 'conflict' });
    for (const each of [own, agent]) {
      for (const tool of ['recall', 'recent', 'open_loops', 'remember', 'decide', 'forget']) {
        const input = { query: 'tiller', content: 'x', question: 'x', decision: 'x', workspace: closed };
        const answer = await each.call(tool, input);
        assert.ok(answer.failed, tool);
        assert.doesNotMatch(answer.whole, /canary-closed/);
      }
    }
    assert.match((await own.call('recent')).text, /confidential/);
  });

  it('what the editor’s own agent sees ends when the folder is closed', async () => {
    const agent = await world.keep(connectAgent(overStdio(t.data, workspace, ['--if-open'])));

    assert.match((await agent.call('recall', { query: 'tiller' })).text, /borrowed from Bo/);
    await t.api.workspaces.doors({ path: workspace, mcp: false });
    assert.match((await agent.call('recall', { query: 'tiller' })).text, /^forbidden: /);
    assert.match((await agent.call('open_loops')).text, /^forbidden: /);
    await t.api.workspaces.doors({ path: workspace, mcp: true });
    assert.equal((await agent.call('recent')).failed, false);
  });
});
