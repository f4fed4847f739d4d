import assert from 'node:assert/strict';
import { makeRepository } from '../fixtures/repository.ts';
import { ask, type ChatWorld, chatWorld } from '../support/chat.ts';
import { isSynthesis, ScriptedLanguage } from '../support/scripted-language.ts';

const QUESTIONS = [
  'where was I?',
  'why did we choose SQLite?',
  'what is open?',
  'what is open in src/?',
  'what do we know about SQLite?',
  'what did Bo say about SQLite?',
  'who changed src/hidden.ts last?',
  'what is open in src/hidden.ts?',
  'SQLite',
];
/** One of each kind of thing that an answer can come from. */
const CANARIES = {
  memory: 'canaryrecord',
  elsewhere: 'canaryother',
  nowhere: 'canarynowhere',
  loop: 'canaryloop',
  whisper: 'canarywhisper',
  decision: 'canarydecision',
  branch: 'canarybranch',
  commit: 'canarycommit',
  todo: 'canarytodo',
  edits: 'canaryedits',
  conversation: 'canarytalk',
  /** A note and a decision of an open thread that are private by themselves. */
  note: 'canarynote',
  choice: 'canarychoice',
} as const;

describe('[C9] what passes no door of the chat', function () {
  this.timeout(120_000);
  let world: ChatWorld;
  let other: Awaited<ReturnType<typeof makeRepository>>;
  const language = new ScriptedLanguage((g) => (isSynthesis(g) ? ['SQLite is one file [1].'] : ['{}']));

  before(async () => {
    language.up = false;
    world = await chatWorld({ writer: language });
    const { t, repository, workspace, scan } = world;
    const { api } = t;
    repository.commit({ 'src/clock.ts': 'export const now = 3;\n' }, { message: 'fix: a third clock' });
    repository.branch('canarybranch/sqlite');
    repository.commit(
      { 'src/hidden.ts': 'export const x = 1;\n// TODO canarytodo of SQLite\n' },
      { message: 'feat: canarycommit for SQLite' },
    );
    repository.write({
      'src/canaryedits.ts': 'SQLite\n',
      'src/hidden.ts': 'export const x = 2;\n// TODO canarytodo of SQLite\n',
    });
    await scan();
    other = await makeRepository();
    other.commit({ 'a.ts': 'x' }, { message: 'feat: canaryother SQLite' });
    const elsewhere = (await api.workspaces.open({ path: other.root })).path;
    await api.memories.remember({ workspace: elsewhere, content: 'SQLite canaryother is elsewhere' });
    await api.whispers.add({ workspace: elsewhere, text: 'SQLite canaryother note' });
    await api.memories.remember({ content: 'SQLite canarynowhere belongs to no folder' });
    await api.memories.remember({ workspace, content: 'SQLite canaryrecord is private', private: true });
    const loop = await api.loops.open({ workspace, title: 'SQLite canaryloop' });
    await api.whispers.add({ workspace, text: 'SQLite canarywhisper', loopId: loop.id });
    const mast = await api.loops.open({ workspace, title: 'paint the mast' });
    await api.whispers.add({ workspace, text: 'SQLite canarynote', loopId: mast.id });
    await api.decisions.add({ workspace, question: 'SQLite canarychoice?', decision: 'SQLite' });
    await api.decisions.add({
      workspace,
      question: 'SQLite canarydecision?',
      decision: 'SQLite',
      why: 'canarydecision',
      loopId: loop.id,
    });
  });
  after(async () => {
    await world[Symbol.asyncDispose]();
    await other[Symbol.asyncDispose]();
  });

  /** All that comes back, and all that a model is given, for every question. */
  const everything = async (door: 'own' | 'editor_chat', conversation?: string) => {
    language.calls.length = 0;
    const { t, workspace } = world;
    const answers = [];
    for (const question of QUESTIONS)
      answers.push(
        (await ask(t.api, { workspace, door, question, ...(conversation && { conversation }) })).events,
      );
    return JSON.stringify([answers, language.calls.map(({ messages }) => messages)]).toLowerCase();
  };
  const seen = (text: string) =>
    Object.keys(CANARIES).filter((kind) => text.includes(CANARIES[kind as keyof typeof CANARIES]));
  const makePrivate = async () => {
    const { t, workspace } = world;
    for (const record of await t.api.memories.recent({ limit: 1000 }))
      if (/canarynote|canarychoice/.test(record.content) && record.kind !== 'conversation')
        await t.api.memories.update({ id: record.id, private: true });
    for (const loop of await t.api.loops.list({ workspace, limit: 1000 }))
      if (/canary|hidden/.test(JSON.stringify(loop)))
        await t.api.loops.update({ id: loop.id, private: true });
  };

  it('on this machine, with a model of this machine, the user sees what is theirs', async () => {
    language.up = true;
    const { t, workspace } = world;
    // What was said while nothing was private rests on what will be.
    language.up = false;
    await ask(t.api, { workspace, question: 'what do we know about "canarywhisper" and canarytalk SQLite?' });
    language.up = true;
    const all = seen(await everything('own'));
    const within = Object.keys(CANARIES).filter(
      (kind) => !['elsewhere', 'nowhere', 'conversation'].includes(kind),
    );
    assert.deepEqual(new Set(all), new Set(within));
    await makePrivate();
    const still = seen(await everything('own'));
    assert.deepEqual(new Set(still), new Set(within));
    assert.ok(language.calls.every(({ onlyLocal }) => onlyLocal));
  });

  it("the editor's chat sees nothing of a folder that is not open to it", async () => {
    const { t, workspace } = world;
    language.local = true;
    await assert.rejects(ask(t.api, { workspace, door: 'editor_chat', question: QUESTIONS[0]! }), {
      code: 'forbidden',
    });
    await assert.rejects(ask(t.api, { door: 'editor_chat', question: QUESTIONS[0]! }), { code: 'forbidden' });
  });

  for (const [what, door, local] of [
    ["the editor's chat, answered by rules", 'editor_chat', null],
    ["the editor's chat, answered by a model here", 'editor_chat', true],
    ['our own view, answered by a model elsewhere', 'own', false],
    ["the editor's chat, answered by a model elsewhere", 'editor_chat', false],
  ] as const)
    it(`${what}: nothing private, nothing of other folders`, async () => {
      const { t, workspace } = world;
      await t.api.workspaces.doors({ path: workspace, chat: true, remote: true });
      language.up = local !== null;
      language.local = local ?? true;
      const own = (await t.api.chat.conversations({ workspace })).map(({ id }) => id);
      const text = await everything(door);
      assert.deepEqual(seen(text), []);
      assert.match(text, /one file and no server/);
      if (local !== null) assert.ok(language.calls.length > 0);
      // A conversation that began in our own view is not told on either.
      assert.deepEqual(seen(await everything(door, own.at(-1)!)), []);
    });

  it('what is asked where answers come from elsewhere is not written about what is private', async () => {
    const { t, workspace } = world;
    language.up = false;
    const { turn } = await ask(t.api, { workspace, question: 'what do we know about canarywhisper?' });
    assert.match(JSON.stringify(turn), /SQLite canarywhisper/);
    const records = (await t.api.memories.recent({ kinds: ['conversation'], limit: 1000 })).filter(
      ({ content }) => content.includes('canary'),
    );
    assert.ok(records.length >= 2);
    assert.deepEqual(
      records.filter((record) => !record.private).map(({ content }) => content),
      [],
    );
  });

  it("what was said in our own view does not go on in the editor's chat", async () => {
    const { t, workspace } = world;
    language.up = false;
    const { turn } = await ask(t.api, { workspace, question: 'canaryaside: is the boom oak?' });
    language.up = true;
    for (const local of [true, false]) {
      language.local = local;
      language.calls.length = 0;
      const { conversation } = turn;
      const question = 'why did we choose SQLite?';
      await ask(t.api, { workspace, door: 'editor_chat', conversation, question });
      assert.ok(language.calls.length > 0);
      assert.doesNotMatch(JSON.stringify(language.calls), /canaryaside/);
    }
    language.local = true;
    await ask(t.api, { workspace, conversation: turn.conversation, question: 'why did we choose SQLite?' });
    assert.match(JSON.stringify(language.calls), /canaryaside/);
  });

  it('a confidential folder: no door, and no model elsewhere', async () => {
    const { t, workspace } = world;
    await t.api.workspaces.doors({ path: workspace, confidential: true });
    language.up = true;
    language.local = false;
    language.calls.length = 0;
    await assert.rejects(ask(t.api, { workspace, door: 'editor_chat', question: QUESTIONS[0]! }), {
      code: 'forbidden',
    });
    const { turn } = await ask(t.api, { workspace, question: 'why did we choose SQLite?' });
    assert.equal(turn.answeredBy, null);
    assert.match(turn.answer, /^Decided /);
    assert.equal(language.calls.length, 0);
    language.local = true;
    assert.ok((await ask(t.api, { workspace, question: 'why did we choose SQLite?' })).turn.answeredBy);
    assert.ok(language.calls.every(({ onlyLocal }) => onlyLocal));
  });

  it('without a folder: all of them, and never by a model elsewhere', async () => {
    const { t } = world;
    language.local = false;
    language.calls.length = 0;
    const { turn } = await ask(t.api, { question: 'what do we know about SQLite?' });
    assert.equal(turn.answeredBy, null);
    assert.equal(language.calls.length, 0);
    assert.ok(turn.citations.length >= 3);
  });
});
