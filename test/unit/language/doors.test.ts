import assert from 'node:assert/strict';
import path from 'node:path';
import { randomInt, seededRandom } from '../../../companion/kernel/index.ts';
import {
  type EditorClient,
  EditorProvider,
  LanguageError,
  ProviderError,
} from '../../../companion/language/index.ts';
import { type EditorGenerateInput, ProgenyError } from '../../../companion/protocol/index.ts';
import { Hub } from '../../../companion/store/index.ts';
import { WorkspaceDoors } from '../../../companion/workspaces/index.ts';
import { eventually } from '../../support/companion.ts';
import { FakeOllama } from '../../support/fake-ollama.ts';
import { FakeOpenAi } from '../../support/fake-openai.ts';
import { answerOf, languageWith, ollamaAt, openaiAt, question } from '../../support/language.ts';
import { openStore } from '../../support/store.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const WORDS = ['Blue ', 'light ', 'scatters ', 'most.'];

/** An editor that answers what it is asked, piece by piece, and keeps what it saw. */
class FakeEditor implements EditorClient {
  readonly id = 'conn_editor';
  readonly seen: EditorGenerateInput[] = [];
  answer: unknown = { model: 'copilot-x', finish: 'stop' };
  words: readonly string[] = WORDS;
  everyMs = 0;
  stoppedAfter: number | null = null;
  provider!: EditorProvider;

  async ask(_capability: 'generate', input: EditorGenerateInput, signal: AbortSignal): Promise<unknown> {
    this.seen.push(input);
    const { promise: gone, reject } = Promise.withResolvers<never>();
    signal.addEventListener('abort', () => reject(new ProgenyError('cancelled', 'withdrawn')), {
      once: true,
    });
    return Promise.race([gone, this.#write(input.generation)]);
  }

  async #write(generation: string): Promise<unknown> {
    for (const [i, text] of this.words.entries()) {
      await new Promise((resolve) => setTimeout(resolve, this.everyMs));
      if (!this.provider.part(this.id, { generation, text }).go) {
        this.stoppedAfter = i;
        break;
      }
    }
    return this.answer;
  }
}

function editorWith(clients: readonly FakeEditor[] = [new FakeEditor()]) {
  const provider = new EditorProvider({ clients: () => clients });
  for (const client of clients) client.provider = provider;
  return { provider, client: clients[0]! };
}

const open = { isOpen: () => true };

describe("language/editor: the editor's models", () => {
  it('streams what the client hands in, and says which model wrote', async () => {
    const { provider, client } = editorWith();
    await using language = languageWith([provider], {}, open);
    await language.look();
    assert.deepEqual(language.chosen({ workspace: '/home/ana/atlas', onlyLocal: false }), {
      answeredBy: { provider: 'editor', model: 'editor' },
      local: false,
    });
    const answer = await answerOf(language, question('Why is the sky blue?', { maxTokens: 50 }));
    assert.deepEqual([...answer.pieces], WORDS);
    assert.deepEqual(answer.answeredBy, { provider: 'editor', model: 'copilot-x' });
    assert.equal(client.seen[0]!.maxTokens, 50);
    assert.equal(client.seen[0]!.messages.at(-1)!.content, 'Why is the sky blue?');
    assert.equal(language.state.current, null, 'nothing on this machine writes');
  });

  it('cancelled: the next piece is told to stop', async () => {
    const { provider, client } = editorWith();
    client.words = Array.from({ length: 200 }, () => 'word ');
    client.everyMs = 2;
    await using language = languageWith([provider], {}, open);
    await language.look();
    const stop = new AbortController();
    const reason = new Error('enough');
    await assert.rejects(
      answerOf(language, question('Hi', { signal: stop.signal }), (_, n) => n === 2 && stop.abort(reason)),
      (error) => error === reason,
    );
    assert.ok((await eventually(() => client.stoppedAfter)) < 20);
  });

  it('a piece from another connection, for another generation, or without end is not taken', async () => {
    const { provider, client } = editorWith();
    client.everyMs = 20;
    await using language = languageWith([provider], {}, open);
    await language.look();
    const answer = answerOf(language, question('Hi', { maxTokens: 10 }));
    const { generation } = (await eventually(() => client.seen[0]))!;
    for (const [who, what] of [
      ['conn_browser', generation],
      [null, generation],
      [client.id, 'another'],
    ] as const)
      assert.throws(
        () => provider.part(who, { generation: what, text: 'Buy gold. ' }),
        /Nothing ".+" is being written/,
      );
    assert.deepEqual(provider.part(client.id, { generation, text: 'x'.repeat(401) }), { go: false });
    assert.equal((await answer).text, WORDS.join(''));
  });

  it('the client goes away: words; it answers nonsense: words', async () => {
    const { provider, client } = editorWith();
    await using language = languageWith([provider], {}, open);
    await language.look();
    client.answer = 'done';
    await assert.rejects(answerOf(language), (error: LanguageError) => error.trouble === 'bad_reply');
    client.ask = () => Promise.reject(new ProgenyError('no_client', 'The client that was asked has gone.'));
    await assert.rejects(answerOf(language), /editor's model broke off .The client that was asked has gone/);
  });

  it('JSON: it is told of the schema, and what comes is checked', async () => {
    const { provider, client } = editorWith();
    client.words = ['```json\n', '{"n": 7}', '\n```'];
    await using language = languageWith([provider], {}, open);
    await language.look();
    const schema = { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] };
    assert.equal((await answerOf(language, question('Hi', { schema }))).text, '{"n": 7}');
    assert.match(client.seen[0]!.messages[0]!.content, /JSON Schema/);
  });
});

describe('language: doors that lead off this machine', function () {
  this.timeout(60_000);

  it('the remote one: key from outside the settings, https or this machine, no look without a question', async () => {
    await using server = await new FakeOpenAi().start();
    server.key = 'sk-canary';
    const remote = openaiAt(server.url, { model: 'small-chat', key: 'sk-canary' }, 'remote');
    await using language = languageWith([remote], {}, open);
    await language.look();
    assert.equal(server.looks, 0, 'nothing goes there unasked');
    const answer = await answerOf(language);
    assert.deepEqual(answer.answeredBy, { provider: 'remote', model: 'small-chat' });
    assert.doesNotMatch(JSON.stringify(language.state), /sk-canary/);
    await using wrong = languageWith(
      [openaiAt('http://models.example.org/v1', { model: 'm' }, 'remote')],
      {},
      open,
    );
    await wrong.look();
    assert.match(wrong.state.providers[0]!.words, /expected one that begins with https/);
    await using keyless = languageWith([openaiAt(server.url, { model: 'small-chat' }, 'remote')], {}, open);
    await keyless.look();
    await assert.rejects(answerOf(keyless), /401.+Incorrect API key/);
    const broken = openaiAt(server.url, { model: 'm' }, 'remote');
    broken.probe = () => Promise.reject(new ProviderError('refused', 'The key cannot be read.'));
    await using unread = languageWith([broken], {}, open);
    await unread.look();
    assert.match(unread.state.providers[0]!.words, /key cannot be read/);
  });

  it('Ollama’s cloud models are refused by default, and allowed count as a door', async () => {
    await using server = await new FakeOllama().start();
    server.models = [
      { name: 'gpt-oss:120b-cloud', remoteHost: 'https://ollama.com' },
      { name: 'alias', remoteHost: 'https://ollama.com' },
    ];
    const where = { workspace: '/home/ana/atlas', onlyLocal: false };
    await using refusing = languageWith([ollamaAt(server.address)], {}, open);
    await refusing.look();
    assert.equal(refusing.chosen(where), null);
    assert.match(refusing.state.providers[0]!.words, /only models that run on other machines/);
    await using named = languageWith([ollamaAt(server.address)], { ollamaModel: 'alias' }, open);
    await named.look();
    assert.equal(named.chosen(where), null);
    assert.match(named.state.providers[0]!.words, /runs on Ollama's machines.+language\.ollamaCloud/);
    await assert.rejects(answerOf(named), (error: LanguageError) => error.trouble === 'none');
    server.models = [...server.models, { name: 'small-chat' }];
    let isOpen = false;
    await using allowed = languageWith(
      [ollamaAt(server.address)],
      { ollamaModel: 'alias', ollamaCloud: true },
      { isOpen: () => isOpen },
    );
    await allowed.look();
    assert.equal(
      (await answerOf(allowed)).answeredBy.model,
      'small-chat',
      'a closed door: the one that runs here',
    );
    isOpen = true;
    assert.deepEqual(allowed.chosen(where), {
      answeredBy: { provider: 'ollama', model: 'alias' },
      local: false,
    });
    assert.equal(allowed.chosen({ ...where, onlyLocal: true })?.answeredBy.model, 'small-chat');
    assert.equal(allowed.chosen({ ...where, workspace: null })?.answeredBy.model, 'small-chat');
    assert.equal(server.asked.length, 1);
  });

  it('a door that closes while a question waits for its turn: nothing of it is sent', async () => {
    await using server = await new FakeOpenAi().start();
    server.otherwise = { kind: 'answer', pieces: Array.from({ length: 20 }, () => 'word '), everyMs: 5 };
    let isOpen = true;
    await using language = languageWith(
      [openaiAt(server.url, { model: 'small-chat' }, 'remote')],
      {},
      { isOpen: () => isOpen },
    );
    await language.look();
    const ends = Array.from({ length: 6 }, () => answerOf(language, question()).catch((error) => error));
    await eventually(() => server.asked.length === 4);
    isOpen = false;
    for (const end of await Promise.all(ends)) assert.ok(end instanceof LanguageError);
    assert.equal(server.asked.length, 4);
  });

  it('a door that closes in the middle of an answer stops it', async () => {
    await using server = await new FakeOpenAi().start();
    server.otherwise = { kind: 'answer', pieces: Array.from({ length: 100 }, () => 'word '), everyMs: 5 };
    let isOpen = true;
    await using language = languageWith(
      [openaiAt(server.url, { model: 'small-chat' }, 'remote')],
      {},
      { isOpen: () => isOpen },
    );
    await language.look();
    await assert.rejects(
      answerOf(language, question(), (_, n) => {
        if (n === 3) isOpen = false;
      }),
      /The door was closed/,
    );
    await eventually(() => server.writing === 0);
    assert.ok(server.asked[0]!.written < 50);
  });

  for (const seed of [1, 2, 3])
    it(`canaries: nothing private, confidential, or of a closed folder goes through a door (600 operations, seed ${seed})`, async () => {
      using folder = temporaryFolder();
      const store = await openStore(folder.path);
      const doors = new WorkspaceDoors(store.hub);
      const folders = ['atlas', 'borealis', 'cassini'].map((name) => path.join(folder.path, name));
      for (const each of folders) {
        store.hub.transact((tx) =>
          tx.run(
            'INSERT INTO workspaces (id, path, registered_at) VALUES (?, ?, 0)',
            Hub.workspaceId(each),
            each,
          ),
        );
      }
      await using remoteServer = await new FakeOpenAi().start();
      await using localServer = await new FakeOllama().start();
      const { provider, client } = editorWith();
      let useLocal = false;
      const remote = openaiAt(remoteServer.url, { model: 'small-chat' }, 'remote');
      const local = ollamaAt(localServer.address);
      await using language = languageWith(
        [local, provider, remote],
        { waitSeconds: 0, timeoutSeconds: 5 },
        { isOpen: (workspace, door) => doors.isOpen(workspace, door as 'remote') },
      );
      const random = seededRandom(seed);
      const pick = <T>(of: readonly T[]): T => of[randomInt(random, of.length)]!;
      /** Canaries that may be seen through a door: the folder was open to it at some time while it was asked. */
      const allowed = new Map<string, Set<string>>();
      const running = new Map<string, { canary: string; folder: string | null; onlyLocal: boolean }>();
      const note = () => {
        for (const { canary, folder: of, onlyLocal } of running.values()) {
          if (onlyLocal || of === null) continue;
          for (const door of ['editorModel', 'remote'] as const)
            if (doors.isOpen(of, door)) allowed.set(canary, (allowed.get(canary) ?? new Set()).add(door));
        }
      };
      const asked: Promise<void>[] = [];
      const answered = { local: 0, through: 0, none: 0 };
      localServer.models = [];
      await language.look();
      for (let n = 0; n < 600; n++) {
        const dice = random.next();
        if (dice < 0.25) {
          const change = pick([
            { editorModel: true },
            { remote: true },
            { remote: true },
            { editorModel: false },
            { remote: false },
            { confidential: true },
            { confidential: false },
            { confidential: false },
            { confidential: false },
          ]);
          try {
            doors.set(pick(folders), change);
          } catch (error) {
            assert.equal((error as ProgenyError).code, 'conflict');
          }
          note();
        } else if (dice < 0.3) {
          useLocal = random.next() < 0.4;
          localServer.models = useLocal ? [{ name: 'small-chat' }] : [];
          await language.look();
        } else {
          const canary = `canary-${seed}-${n}`;
          const of = random.next() < 0.15 ? null : pick(folders);
          const onlyLocal = random.next() < 0.3;
          running.set(canary, { canary, folder: of, onlyLocal });
          note();
          asked.push(
            answerOf(language, question(`Tell of ${canary}.`, { workspace: of, onlyLocal }))
              .then(({ answeredBy }) => {
                if (answeredBy.provider === 'ollama') answered.local++;
                else answered.through++;
              })
              .catch((error: unknown) => {
                assert.ok(error instanceof LanguageError, String(error));
                answered.none++;
              })
              .finally(() => running.delete(canary)),
          );
          if (random.next() < 0.5) await asked.at(-1);
        }
      }
      await Promise.all(asked);
      const leaks = (what: unknown, door: 'editorModel' | 'remote') =>
        [...new Set(JSON.stringify(what).match(/canary-\d+-\d+/g) ?? [])].filter(
          (canary) => !allowed.get(canary)?.has(door),
        );
      assert.deepEqual(leaks(client.seen, 'editorModel'), []);
      assert.deepEqual(
        leaks(
          remoteServer.asked.map(({ body }) => body),
          'remote',
        ),
        [],
      );
      assert.ok(answered.local > 20 && answered.through > 20 && answered.none > 20, JSON.stringify(answered));
      assert.ok(client.seen.length > 5 && remoteServer.asked.length > 5, 'both doors were used');
      store.close();
    });
});
