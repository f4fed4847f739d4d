import assert from 'node:assert/strict';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Api, CompanionClient } from '../../companion/client/index.ts';
import { openSocket } from '../../companion/client/node.ts';
import type { ChatTurn, Status } from '../../companion/protocol/index.ts';
import { ask, chatRepository } from '../support/chat.ts';
import { type CompanionProcess, eventually, spawnCompanion } from '../support/companion.ts';
import { FakeOllama } from '../support/fake-ollama.ts';
import { languageModel, nodeLlamaCpp } from '../support/language-model.ts';
import { temporaryFolder } from '../support/temporary.ts';

const CLIENTS = 10;
const WHY = 'why did we choose SQLite?';
const GOOD = ['SQLite ', 'is ', 'one ', 'file ', 'and ', 'needs ', 'no ', 'server ', '[1]. '].concat([
  'Redis ',
  'lost ',
  'data ',
  'twice ',
  '[1].',
]);

/** A companion in a process of its own, over its socket; a repository that it knows. */
async function processWorld(withModel: (api: Api) => Promise<void>) {
  const folder = temporaryFolder();
  const companion: CompanionProcess = await spawnCompanion(path.join(folder.path, 'data'));
  const clients: CompanionClient[] = [];
  const connect = async () => {
    const open = () => openSocket(companion.discovery);
    const client = new CompanionClient({ kind: 'test', version: '0', open });
    clients.push(client);
    return client.connected(10_000);
  };
  const api = await connect();
  await withModel(api);
  const { repository, workspace } = await chatRepository(api);
  return {
    api,
    companion,
    workspace,
    connect,
    async [Symbol.asyncDispose]() {
      for (const client of clients) client.dispose();
      await companion.end();
      await repository[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}

/** What a client hears of the service, with the time of each. */
function watch(api: Api) {
  const heard: { at: number; status: Status }[] = [];
  const stop = new AbortController();
  const over = (async () => {
    for await (const status of await api.system.watch({}, { signal: stop.signal }))
      heard.push({ at: performance.now(), status });
  })().catch(() => {});
  return {
    last: () => heard.at(-1)?.status,
    /** When it was first heard after a time; null: not yet. */
    firstAfter: (time: number, state: Status['state']) =>
      heard.find(({ at, status }) => at >= time && status.state === state)?.at ?? null,
    async stop() {
      stop.abort();
      await over;
    },
  };
}

describe('chat with a companion process and its models', function () {
  this.timeout(180_000);

  it('[C9] Ollama is killed in mid-stream while ten clients chat, and comes back', async () => {
    await using server = await new FakeOllama().start();
    server.otherwise = { kind: 'answer', pieces: GOOD, everyMs: 15 };
    await using world = await processWorld(async (api) => {
      await api.settings.update({ language: { ollamaUrl: server.address } });
    });
    const { workspace } = world;
    const { pid } = world.companion.discovery;
    const apis = await Promise.all(Array.from({ length: CLIENTS }, () => world.connect()));
    const watches = apis.map(watch);
    await eventually(() => watches.every(({ last }) => last()?.answeredBy?.model === 'small-chat'));

    // All of them chat, one question after the other, until told to stop.
    let chatting = true;
    const turns: { turn: ChatTurn; asked: number; ended: number }[] = [];
    const chats = apis.map(async (api, client) => {
      for (let n = 0; chatting; n++) {
        const asked = performance.now();
        const { turn } = await ask(api, { workspace, question: `${WHY} (${client}.${n})` });
        turns.push({ turn, asked, ended: performance.now() });
        await delay(50);
      }
    });
    const byModel = (from: number) =>
      turns.filter(({ turn, asked }) => turn.answeredBy !== null && asked >= from).length;
    await eventually(() => byModel(0) >= CLIENTS, 30_000);

    const midStream = () =>
      server.asked.some(({ written, cancelledAt }) => written > 0 && cancelledAt === null);
    await eventually(() => server.writing > 0 && midStream());
    const killed = performance.now();
    await server.stop();
    const toldAt = () => watches.map(({ firstAfter }) => firstAfter(killed, 'OFFLINE'));
    await eventually(() => toldAt().every((time) => time !== null));
    const slowest = Math.max(...toldAt().map((time) => time!)) - killed;
    assert.ok(slowest < 5000, `OFFLINE after ${slowest} ms`);
    // Asked while nothing writes: told from a search, with why.
    const offline = performance.now();
    await eventually(() => turns.filter(({ asked }) => asked >= offline).length >= CLIENTS, 30_000);

    await server.start();
    const revived = performance.now();
    await eventually(() => watches.every(({ firstAfter }) => firstAfter(revived, 'FULL') !== null), 15_000);
    const again = Math.max(...watches.map(({ firstAfter }) => firstAfter(revived, 'FULL')!)) - revived;
    assert.ok(again < 5000, `FULL again ${again} ms after the revival`);
    const backAt = performance.now();
    await eventually(() => byModel(backAt) >= CLIENTS, 30_000);
    chatting = false;
    await Promise.all(chats);
    for (const each of watches) await each.stop();

    const killedWhile = turns.filter(({ asked, ended }) => asked < killed && ended > killed);
    assert.ok(killedWhile.length > 0, 'it was killed while somebody waited');
    for (const { turn } of turns) {
      assert.match(turn.answer, /SQLite/);
      assert.ok(turn.citations.length > 0, turn.answer);
      if (turn.answeredBy === null) assert.match(turn.note ?? '', /so this is a search answer/);
      else assert.equal(turn.answer, GOOD.join(''));
    }
    const inBetween = turns.filter(({ asked, ended }) => asked > killed + slowest && ended < revived);
    assert.ok(inBetween.length > 0 && inBetween.every(({ turn }) => turn.answeredBy === null));
    assert.equal((await world.api.system.status({})).pid ?? pid, pid);
    assert.equal(world.companion.child.exitCode, null, 'it was not restarted');
  });

  it('[C8] an embedded model writes through `chat.ask`: streamed, and stopped within a second', async () => {
    const [file, runtime] = [await languageModel(), await nodeLlamaCpp()];
    await using world = await processWorld(async (api) => {
      await api.settings.update({
        language: {
          use: 'embedded',
          embeddedModel: file,
          embeddedRuntime: runtime,
          embeddedGpu: false,
          embeddedThreads: 1,
        },
      });
    });
    const { api, workspace } = world;
    await eventually(async () => (await api.language.state({})).current?.provider === 'embedded', 30_000);

    // What so small a model writes seldom keeps to the sources; it comes in pieces all the same.
    const began = performance.now();
    const times: number[] = [];
    let ended: ChatTurn | null = null;
    for (let n = 0; n < 4 && times.length < 2; n++)
      for await (const event of await api.chat.ask({ workspace, question: WHY })) {
        if (event.kind === 'begin') assert.equal(event.answeredBy?.provider, 'embedded');
        if (event.kind === 'text') times.push(performance.now() - began);
        if (event.kind === 'end') ended = event.turn;
      }
    assert.ok(times.length >= 2 && times.at(-1)! - times[0]! > 20, `pieces after ${times.join(', ')} ms`);
    assert.match(ended?.answer ?? '', /SQLite/);
    assert.ok(ended?.answeredBy?.provider === 'embedded' || /search answer/.test(ended?.note ?? ''));

    let cancelled = 0;
    let last: ChatTurn | null = null;
    for await (const event of await api.chat.ask({ workspace, question: WHY })) {
      const id = event.kind === 'begin' ? event.turn : null;
      if (id !== null) {
        await delay(500);
        cancelled = performance.now();
        void api.chat.cancel({ id });
      }
      if (event.kind === 'end') last = event.turn;
    }
    const stopMs = performance.now() - cancelled;
    assert.equal(last?.outcome, 'cancelled');
    assert.ok(stopMs < 1000, `it stopped after ${stopMs} ms`);
    const [stored] = (await api.chat.turns({ id: last!.conversation })).slice(-1);
    assert.equal(stored?.outcome, 'cancelled');
  });
});
