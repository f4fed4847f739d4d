import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CompanionClient } from '../../companion/client/index.ts';
import { findCompanion, openSocket } from '../../companion/client/node.ts';
import type { Citation } from '../../companion/protocol/index.ts';
import { ask, type ChatWorld, chatWorld } from '../support/chat.ts';
import { eventually, testCompanion } from '../support/companion.ts';
import { hangs, inPieces, isSynthesis, ScriptedLanguage } from '../support/scripted-language.ts';
import { temporaryFolder } from '../support/temporary.ts';

const WHY = 'why did we choose SQLite?';
const GOOD = 'SQLite is one file and needs no server [1]. Redis lost data twice [1].';

describe('chat', function () {
  this.timeout(60_000);
  let world: ChatWorld;

  const use = async (options: Parameters<typeof chatWorld>[0] = {}) => {
    world = await chatWorld(options);
    return world;
  };
  afterEach(() => world?.[Symbol.asyncDispose]());

  /** Whether a click on it leads somewhere. */
  const resolves = async ({ kind, id, file, line, commit, branch }: Citation) => {
    const { t, repository } = world;
    if (file !== undefined) {
      assert.ok(existsSync(path.join(repository.root, file)), file);
      const lines = readFileSync(path.join(repository.root, file), 'utf8').split('\n').length;
      if (line !== undefined) assert.ok(line <= lines, `${file}:${line}`);
    }
    if (commit !== undefined) assert.equal(repository.run('cat-file', '-t', commit), 'commit');
    if (branch !== undefined) assert.match(repository.run('branch', '--list', branch), /\S/);
    if (kind === 'loop') await t.api.loops.get({ id: id! });
    if (kind === 'memory') await t.api.memories.trace({ id: id! });
    if (kind === 'whisper') assert.ok((await t.api.whispers.list({})).some((each) => each.id === id));
    if (kind === 'decision') assert.ok((await t.api.decisions.list({})).some((each) => each.id === id));
    assert.ok(id !== null || file !== undefined || commit !== undefined || branch !== undefined);
  };

  it('[C8] without a model: where was I, why did we choose X, what is open in this file; each citation resolves', async () => {
    const { t, workspace } = await use();
    const file = 'src/clock.ts';
    const answers = [
      [
        await ask(t.api, { workspace, question: 'where was I?' }),
        /fix\/clock.*1 file uncommitted.*Next: Commit/s,
      ],
      [
        await ask(t.api, { workspace, question: WHY }),
        /SQLite.*One file and no server.*store everything in SQLite.*src\/store\.ts:2/s,
      ],
      [
        await ask(t.api, { workspace, question: 'what is open in this file?', place: { file, line: 1 } }),
        /open in src\/clock\.ts.*uncommitted.*TODO at src\/clock\.ts:2/s,
      ],
    ] as const;
    for (const [{ turn, streamed }, says] of answers) {
      assert.match(turn.answer, says);
      assert.equal(streamed, turn.answer);
      assert.equal(turn.answeredBy, null);
      assert.match(
        turn.note ?? '',
        /^No language model is running, so this is a search answer\. \d sources\.$/,
      );
      assert.ok(turn.citations.length >= 3, turn.answer);
      const numbers = [...turn.answer.matchAll(/\[(\d+)\]/g)].map((match) => Number(match[1]));
      assert.deepEqual(new Set(numbers), new Set(turn.citations.map(({ n }) => n)));
      for (const citation of turn.citations) await resolves(citation);
      // Each statement has its source.
      for (const sentence of turn.answer.split(/(?<=\[\d+\])[.:]\s/)) assert.match(sentence, /\[\d+\]/);
    }
    const kinds = answers[1][0].turn.citations.map(({ kind }) => kind);
    assert.deepEqual(new Set(kinds), new Set(['decision', 'commit', 'whisper']));
  });

  it('a conversation: its turns, its title, what was remembered of it, its thoughts', async () => {
    const { t, workspace } = await use({
      writer: new ScriptedLanguage((g) => (isSynthesis(g) ? inPieces(GOOD) : ['{}'])),
    });
    const first = await ask(t.api, { workspace, question: WHY });
    assert.equal(first.turn.answer, GOOD);
    assert.deepEqual(first.events[0], {
      kind: 'begin',
      turn: first.turn.id,
      conversation: first.turn.conversation,
      answeredBy: { provider: 'ollama', model: 'scripted' },
    });
    const { conversation } = first.turn;
    const second = await ask(t.api, { workspace, conversation, question: 'and when?' });
    const [listed] = await t.api.chat.conversations({ workspace });
    assert.deepEqual([listed?.id, listed?.title, listed?.turns], [conversation, WHY, 2]);
    assert.deepEqual(await t.api.chat.turns({ id: conversation }), [first.turn, second.turn]);
    const records = (await t.api.memories.recent({ kinds: ['conversation'] })).filter(
      ({ session }) => session === conversation,
    );
    assert.deepEqual(
      records
        .toReversed()
        .map(({ content, writtenBy, author, position }) => [content, writtenBy, author, position]),
      [
        [WHY, 'person', null, 0],
        [GOOD, 'companion', 'Progeny', 1],
        ['and when?', 'person', null, 2],
        ...(second.turn.citations.length > 0 ? [[second.turn.answer, 'companion', 'Progeny', 3]] : []),
      ],
    );
    const thoughts = await t.api.thoughts.list({ turn: first.turn.id });
    assert.deepEqual(
      thoughts.toReversed().map(({ step }) => step),
      ['perception', 'retrieval', 'synthesis'],
    );
    assert.deepEqual(await t.api.thoughts.list({ turn: first.turn.id, text: 'INTENT why' }), [thoughts[2]]);
    assert.deepEqual(await t.api.thoughts.list({ step: 'council' }), []);
    assert.deepEqual(await t.api.thoughts.list({ since: Date.now() + 1000 }), []);
    const events = JSON.stringify(await t.api.events.list({ since: 0, limit: 1000 }));
    assert.ok(events.includes('chat.asked') && events.includes('chat.answered'));
    assert.ok(!events.includes('choose SQLite') && !events.includes('one file'));
    await assert.rejects(t.api.chat.turns({ id: 'conversation_none' }), { code: 'not_found' });
    await assert.rejects(ask(t.api, { workspace, conversation: 'conversation_none', question: 'x' }), {
      code: 'not_found',
    });
    await assert.rejects(ask(t.api, { workspace: '/no/such/folder', question: 'x' }), { code: 'not_found' });
    await assert.rejects(ask(t.api, { workspace, question: '   ' }), { code: 'bad_input' });
  });

  it('what was answered before is no source, and a question says nothing; what the user told is one', async () => {
    const { t, workspace } = await use();
    const { turn } = await ask(t.api, { workspace, question: WHY });
    await ask(t.api, {
      workspace,
      conversation: turn.conversation,
      question: 'The SQLite pragma zebra came from Bo.',
    });
    const again = await ask(t.api, { workspace, question: WHY });
    assert.deepEqual(
      again.turn.citations.filter(({ kind }) => kind === 'memory').map(({ excerpt }) => excerpt),
      ['The SQLite pragma zebra came from Bo.'],
    );
  });

  it('is cancelled by its id and by whoever stops listening; what was written stays', async () => {
    const language = new ScriptedLanguage((g) => (isSynthesis(g) ? hangs(`${GOOD} And`) : ['{}']));
    const { t, workspace } = await use({ writer: language });
    const events = await t.api.chat.ask({ workspace, question: WHY });
    let id = '';
    let last = null;
    for await (const event of events) {
      if (event.kind === 'begin') id = event.turn;
      if (event.kind === 'text' && event.text.includes('Redis')) await t.api.chat.cancel({ id });
      last = event;
    }
    assert.ok(last?.kind === 'end');
    assert.deepEqual([last.turn.outcome, last.turn.answer], ['cancelled', GOOD]);
    assert.deepEqual(await t.api.chat.turns({ id: last.turn.conversation }), [last.turn]);
    await t.api.chat.cancel({ id });
    await assert.rejects(t.api.chat.cancel({ id: 'turn_none' }), { code: 'not_found' });

    const listener = await t.connect();
    const leaving = await listener.api.chat.ask({ workspace, question: WHY });
    let conversation = '';
    for await (const event of leaving) {
      if (event.kind === 'begin') conversation = event.conversation;
      if (event.kind === 'text') break;
    }
    const [left] = await eventually(async () => {
      const turns = await t.api.chat.turns({ id: conversation });
      return turns[0]?.note === 'It was stopped; what was there stays.' ? turns : null;
    });
    assert.equal(left!.outcome, 'cancelled');
    assert.match(left!.answer, /^SQLite is one file/);
  });

  it('a companion that is killed while it writes: the turn is there, stopped, with what was written', async () => {
    using folder = temporaryFolder();
    const data = path.join(folder.path, 'data');
    const script = path.resolve('test/support/speaking-companion.ts');
    const child = spawn(process.execPath, [script], {
      env: { ...process.env, PROGENY_DATA_DIR: data, SAYS: `${GOOD} And` },
      stdio: 'inherit',
    });
    const discovery = await eventually(() => findCompanion(data), 20_000);
    const client = new CompanionClient({ kind: 'test', version: '0', open: () => openSocket(discovery) });
    const api = await client.connected(10_000);
    const workspace = (await api.workspaces.open({ path: folder.path })).path;
    const decision = await api.decisions.add({
      workspace,
      question: 'Which database?',
      decision: 'SQLite',
      why: 'One file and no server. Redis lost data twice.',
    });
    let conversation = '';
    let written = '';
    const listening = (async () => {
      for await (const event of await api.chat.ask({ workspace, question: WHY })) {
        if (event.kind === 'begin') conversation = event.conversation;
        if (event.kind === 'text') written += event.text;
      }
    })().catch(() => {});
    await eventually(() => written !== '');
    child.kill('SIGKILL');
    await once(child, 'exit');
    client.dispose();
    await listening;
    const t = await testCompanion({ dataDirectory: data });
    try {
      const [turn] = await t.api.chat.turns({ id: conversation });
      assert.deepEqual([turn?.question, turn?.outcome], [WHY, 'cancelled']);
      assert.ok(written.startsWith('SQLite is one file') && turn?.answer.startsWith(written), turn?.answer);
      assert.match(turn?.note ?? '', /The companion stopped while this was written/);
      assert.ok(
        (await t.api.memories.recent({ kinds: ['conversation'] })).some(({ content }) => content === WHY),
      );
      await t.api.memories.forget({ select: { ids: [decision.id] } });
      assert.equal((await t.api.chat.turns({ id: conversation }))[0]?.answer, '');
    } finally {
      await t[Symbol.asyncDispose]();
    }
  });

  it('[C9] ten clients ask while the provider dies and comes back: each is answered, or told in words', async () => {
    const language = new ScriptedLanguage((g) => (isSynthesis(g) ? inPieces(GOOD, () => 3) : ['{}']));
    const { t, workspace } = await use({ writer: language });
    const clients = await Promise.all(Array.from({ length: 10 }, () => t.connect()));
    const turns: Awaited<ReturnType<typeof ask>>['turn'][] = [];
    let deaths = 0;
    // It dies and comes back while they ask, several times.
    const dying = setInterval(() => {
      language.up = !language.up;
      deaths++;
    }, 12);
    try {
      await Promise.all(
        clients.map(async (client, i) => {
          for (let n = 0; n < 3; n++)
            turns.push((await ask(client.api, { workspace, question: `${WHY} (${i}.${n})` })).turn);
        }),
      );
    } finally {
      clearInterval(dying);
    }
    assert.equal(turns.length, 30);
    assert.ok(deaths >= 4);
    const byModel = turns.filter(({ answeredBy }) => answeredBy !== null);
    for (const turn of turns) {
      assert.match(turn.answer, /SQLite/);
      assert.ok(turn.citations.length > 0);
      if (turn.answeredBy === null) assert.match(turn.note ?? '', /so this is a search answer/);
      else assert.equal(turn.answer, GOOD);
    }
    assert.ok(byModel.length < 30, 'it died on somebody');
    language.up = true;
    const after = await ask(t.api, { workspace, question: WHY });
    assert.equal(after.turn.answer, GOOD);
    assert.equal((await t.api.chat.conversations({ workspace })).length, 31);
  });
});
