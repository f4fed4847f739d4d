import assert from 'node:assert/strict';
import {
  type EmbeddedProvider,
  LanguageError,
  type LanguageModels,
} from '../../../companion/language/index.ts';
import { eventually } from '../../support/companion.ts';
import type { Behaviour, FakeModelServer } from '../../support/fake-model-server.ts';
import { FakeOllama } from '../../support/fake-ollama.ts';
import { FakeOpenAi } from '../../support/fake-openai.ts';
import { answerOf, embeddedOf, languageWith, ollamaAt, openaiAt, question } from '../../support/language.ts';
import { languageModel, nodeLlamaCpp } from '../../support/language-model.ts';

/** A provider in a state in which each case finds it. `null`: it has no such trouble, or cannot be brought to it. */
interface World {
  readonly name: 'ollama' | 'openai' | 'embedded';
  readonly model: string;
  language: LanguageModels;
  /** Makes the next answer one that goes on for seconds. */
  long(): void;
  /** Resolves once nothing is being written any more. */
  idle(): Promise<void>;
  /** How many wrote at once, at most; null where the provider itself sees to it. */
  most(): number | null;
  /** Breaks it off in the middle of an answer. */
  breakOff(): void;
  /** Takes the model away. */
  lose(): void;
  /** As nobody asked it for anything. */
  begin(): Promise<void>;
  end(): Promise<void>;
}

const SLOW: Behaviour = {
  kind: 'answer',
  pieces: Array.from({ length: 400 }, (_, i) => ` word${i}`),
  everyMs: 10,
};
const RULES = { stallSeconds: 0.4, waitSeconds: 1, timeoutSeconds: 20, contextTokens: 2048 };

function serverWorld<S extends FakeModelServer>(
  name: 'ollama' | 'openai',
  server: S,
  open: (server: S) => LanguageModels,
): World & { server: S } {
  const world: World & { server: S } = {
    name,
    server,
    model: 'small-chat',
    language: null as never,
    long: () => void server.next.push(SLOW),
    idle: async () => void (await eventually(() => server.writing === 0)),
    most: () => server.mostWriting,
    breakOff: () => void server.stop().then(() => server.start()),
    lose: () => {
      server.models = [];
    },
    async begin() {
      server.models = [
        { name: 'small-chat', bytes: 1e9 },
        { name: 'all-minilm', bytes: 5e7 },
      ];
      server.next = [];
      server.otherwise = { kind: 'answer' };
      server.frozen = false;
      server.asked.length = 0;
      server.mostWriting = 0;
      await server.start();
      world.language = open(server);
      await world.language.look();
    },
    async end() {
      await world.language.dispose();
      await server.stop();
    },
  };
  return world;
}

function embeddedWorld(): World {
  let provider: EmbeddedProvider;
  let file: string | null = null;
  const world: World = {
    name: 'embedded',
    model: 'SmolLM2-135M-Instruct.Q4_1',
    language: null as never,
    long: () => {},
    // Where it is idle the next answer begins at once.
    idle: async () => void (await answerOf(world.language, question('Hi', { maxTokens: 1 }))),
    most: () => null,
    breakOff: () => process.kill(provider.pid!, 'SIGKILL'),
    lose: () => {
      file = '/nowhere/model.gguf';
    },
    async begin() {
      file = await languageModel();
      provider = embeddedOf(() => file, await nodeLlamaCpp());
      world.language = languageWith([provider], RULES);
      await world.language.look();
    },
    end: () => world.language.dispose(),
  };
  return world;
}

const ollama = serverWorld('ollama', new FakeOllama(), (server) =>
  languageWith([ollamaAt(server.address)], RULES),
);
const openai = serverWorld('openai', new FakeOpenAi(), (server) =>
  languageWith([openaiAt(server.url)], RULES),
);
const servers = [ollama, openai];

const SCHEMA = {
  type: 'object',
  properties: { tone: { type: 'string', enum: ['calm', 'tense'] }, sure: { type: 'boolean' } },
  required: ['tone', 'sure'],
  additionalProperties: false,
} as const;

const trouble = (kind: string, words: RegExp) => (error: unknown) => {
  assert.ok(error instanceof LanguageError, String(error));
  assert.equal(error.trouble, kind, error.message);
  assert.match(error.message, words);
  return true;
};

for (const world of [ollama, openai, embeddedWorld()]) {
  describe(`language/providers: ${world.name}`, function () {
    this.timeout(60_000);
    if (world.name === 'embedded')
      before('fetch the model and what runs it', async function () {
        this.timeout(10 * 60_000);
        await languageModel();
        await nodeLlamaCpp();
      });
    beforeEach(() => world.begin());
    afterEach(() => world.end());

    it('[C1] says what there is, which model answers, and that nothing leaves this machine', () => {
      const [state] = world.language.state.providers;
      assert.equal(state?.state, 'ready');
      assert.equal(state.model, world.model);
      assert.equal(state.models[0], world.model);
      assert.ok(state.structured && state.local && state.checkedAt !== null);
      assert.match(state.words, /writes answers; nothing leaves this machine/);
      assert.deepEqual(world.language.state.current, { provider: world.name, model: world.model });
      assert.equal(world.language.offline, false);
    });

    it('[C1] streams: the pieces are the text, and it says who wrote', async () => {
      const times: number[] = [];
      const answer = await answerOf(world.language, question('Why is the sky blue?', { maxTokens: 40 }), () =>
        times.push(performance.now()),
      );
      assert.equal(answer.pieces.join(''), answer.text);
      assert.ok(answer.text.trim().length > 5 && answer.pieces.length > 3);
      assert.deepEqual(answer.answeredBy, { provider: world.name, model: world.model });
      assert.ok(answer.tokens > 3);
      assert.ok(times.length > 3);
    });

    it('[C1] keeps to the budget of tokens and says that it was used up', async () => {
      world.long();
      const answer = await answerOf(world.language, question(undefined, { maxTokens: 3 }));
      assert.equal(answer.finish, 'length');
      assert.ok(answer.tokens <= 3 && answer.pieces.length <= 3);
    });

    it('[C1] cancelled: the reason is the caller’s own, and the next one is answered at once', async () => {
      world.long();
      const stop = new AbortController();
      const reason = new Error('enough');
      let at = 0;
      await assert.rejects(
        answerOf(world.language, question(undefined, { maxTokens: 400, signal: stop.signal }), (_, n) => {
          if (n !== 3) return;
          at = performance.now();
          stop.abort(reason);
        }),
        (error) => error === reason,
      );
      await world.idle();
      assert.ok(performance.now() - at < 3000, 'it wrote on');
      assert.ok((await answerOf(world.language, question('Hi', { maxTokens: 5 }))).text.length > 0);
    });

    it('[C1] cancelled before its turn: it never begins', async () => {
      const reason = new Error('never mind');
      await assert.rejects(
        answerOf(world.language, question('Hi', { signal: AbortSignal.abort(reason) })),
        (error) => error === reason,
      );
    });

    it('[C1] left in the middle: the provider is stopped', async () => {
      world.long();
      for await (const _ of world.language.generate(question(undefined, { maxTokens: 400 }))) break;
      const left = performance.now();
      await world.idle();
      assert.ok(performance.now() - left < 3000, 'it wrote on');
    });

    it('[C2] while it writes, the thread of the service is at work for less than 50 ms at a time', async () => {
      world.long();
      await answerOf(world.language, question('Hi', { maxTokens: 5 }));
      let busiest = 0;
      let last = process.threadCpuUsage();
      // In processor time: what else runs on the machine does not count.
      const timer = setInterval(() => {
        const { user, system } = process.threadCpuUsage(last);
        busiest = Math.max(busiest, (user + system) / 1000);
        last = process.threadCpuUsage();
      }, 2);
      world.long();
      await answerOf(world.language, question(undefined, { maxTokens: 60 }));
      clearInterval(timer);
      assert.ok(busiest > 0 && busiest < 50, `${busiest} ms`);
    });

    it('[C1] JSON of a schema comes whole, and fits', async () => {
      const answer = await answerOf(
        world.language,
        question('Which tone has "all is well"?', { schema: SCHEMA, maxTokens: 100 }),
      );
      const value = JSON.parse(answer.text) as { tone: string; sure: boolean };
      assert.ok(['calm', 'tense'].includes(value.tone) && typeof value.sure === 'boolean');
      assert.equal(answer.pieces.length, 1);
    });

    it('[C1] too late: words, and what was written until then', async () => {
      world.long();
      const pieces: string[] = [];
      await assert.rejects(
        answerOf(world.language, question(undefined, { maxTokens: 1900, timeoutMs: 1500 }), (piece) =>
          pieces.push(piece),
        ),
        trouble('expired', /within 2 s/),
      );
      if (world.name !== 'embedded') assert.ok(pieces.length > 3);
      await world.idle();
    });

    it('[C1] one at a time: those who wait get their turn', async () => {
      const answers = await Promise.all(
        Array.from({ length: 4 }, (_, i) =>
          answerOf(world.language, question(`Name a colour, number ${i}.`, { maxTokens: 6 })),
        ),
      );
      assert.ok(answers.every(({ text }) => text.length > 0));
      const most = world.most();
      if (most !== null) assert.equal(most, 1);
    });

    it('[C1] a question that waits too long expires in words', async () => {
      world.long();
      const stop = new AbortController();
      const first = answerOf(world.language, question(undefined, { maxTokens: 1900, signal: stop.signal }));
      first.catch(() => {});
      await assert.rejects(
        answerOf(world.language, question('Hi', { timeoutMs: 600 })),
        trouble('expired', /busy with other questions|did not begin/),
      );
      stop.abort();
      await assert.rejects(first);
    });

    it('[C1] broken off in the middle: words, no second beginning, and the next one is answered', async () => {
      world.long();
      const pieces: string[] = [];
      await assert.rejects(
        answerOf(world.language, question(undefined, { maxTokens: 400 }), (piece, n) => {
          pieces.push(piece);
          if (n === 3) world.breakOff();
        }),
        trouble('interrupted', /broke off/),
      );
      assert.ok(pieces.length >= 3);
      const answer = await answerOf(world.language, question('Hi', { maxTokens: 5 }));
      assert.ok(answer.text.length > 0);
    });

    it('[C1] the model is gone: it says so, with what to do, and nobody is asked', async () => {
      world.lose();
      await world.language.look();
      assert.equal(world.language.chosen({ workspace: null, onlyLocal: true }), null);
      assert.equal(world.language.state.current, null);
      const [state] = world.language.state.providers;
      assert.ok(state && ['no_model', 'unreachable'].includes(state.state));
      await assert.rejects(
        answerOf(world.language, question('Hi')),
        trouble('none', /fetches one|Load one|is not there/),
      );
    });

    it('[C1] a question that is too long for the model is refused in words', async () => {
      await assert.rejects(
        answerOf(world.language, question('word '.repeat(4000))),
        trouble('none', /too long|more than the 2048/),
      );
    });
  });
}

describe('language/providers: without schemas', () => {
  it('[C1] JSON that does not fit is asked for once more, then refused in words', async () => {
    const loose = languageWith(
      [
        {
          kind: 'openai',
          title: 'A server without schemas',
          width: 1,
          probe: async () => ({
            state: 'ready',
            models: [{ name: 'm', local: true, chats: true, bytes: null }],
            structured: false,
          }),
          async *generate() {
            yield* ['Sure! ', '{"tone": ', '"gloomy"}'];
            return { finish: 'stop', tokens: 3 };
          },
        },
      ],
      RULES,
    );
    await loose.look();
    await assert.rejects(
      answerOf(loose, question('Hi', { schema: SCHEMA })),
      trouble('bad_reply', /m did not keep to the form.+tone/),
    );
    assert.equal(loose.state.current?.model, 'm', 'it can still answer in words');
    await loose.dispose();
  });
});

describe('language/providers: none', () => {
  for (const [name, rules] of [
    ['switched off', { use: 'none' }],
    ['nothing there', {}],
  ] as const) {
    it(`[C1] ${name}: says so before and when it is asked, and is no trouble`, async () => {
      await using language = languageWith([ollamaAt('http://127.0.0.1:9'), openaiAt('')], {
        ...RULES,
        ...rules,
      });
      await language.look();
      assert.equal(language.chosen({ workspace: null, onlyLocal: true }), null);
      assert.equal(language.state.current, null);
      assert.equal(language.offline, false);
      assert.deepEqual(language.health(0), []);
      const began = performance.now();
      await assert.rejects(answerOf(language), trouble('none', /No language model can answer/));
      assert.ok(performance.now() - began < 1000);
    });
  }
});

for (const world of servers) {
  describe(`language/providers: ${world.name} in trouble`, function () {
    this.timeout(30_000);
    beforeEach(() => world.begin());
    afterEach(() => world.end());
    const next = (...behaviours: Behaviour[]) => world.server.next.push(...behaviours);

    it('[C1] slow to begin and slow to write: it waits', async () => {
      next({ kind: 'answer', firstMs: 700, everyMs: 50 });
      assert.equal((await answerOf(world.language)).text, 'The answer is forty-two.');
    });

    it('[C2] cancelled, it writes no more within 200 ms', async () => {
      // A piece each 10 ms: what it wrote is its own clock.
      next(SLOW);
      const stop = new AbortController();
      await assert.rejects(
        answerOf(world.language, question('Hi', { signal: stop.signal }), (_, n) => n === 3 && stop.abort()),
      );
      await eventually(() => world.server.writing === 0);
      const [asked] = world.server.asked;
      assert.ok(asked!.cancelledAt !== null && asked!.written < 3 + 20, `${asked!.written} pieces`);
    });

    it('[C1] it hangs: words at the limit of time', async () => {
      next({ kind: 'hang' });
      await assert.rejects(
        answerOf(world.language, question('Hi', { timeoutMs: 500 })),
        trouble('expired', /did not begin to answer/),
      );
    });

    for (const [kind, expected, words] of [
      ['stall', 'interrupted', /silent for 0\.4 s in the middle/],
      ['disconnect', 'interrupted', /broke off/],
      ['cut', 'interrupted', /broke off|ended too soon/],
      ['malformed', 'bad_reply', /no JSON object/],
      ['error_in_stream', 'interrupted', /out of memory/],
    ] as const) {
      it(`[C1] ${kind} after some pieces: ${expected}, in words, and what came is kept`, async () => {
        next({ kind, pieces: ['It ', 'was '] });
        const pieces: string[] = [];
        await assert.rejects(
          answerOf(world.language, question(), (piece) => pieces.push(piece)),
          trouble(expected, words),
        );
        assert.equal(pieces.join(''), 'It was ');
      });

      // Silence before the first piece is how a model looks that is being loaded.
      if (kind === 'stall') continue;
      it(`[C1] ${kind} before the first piece: it is tried again, and answers`, async () => {
        next({ kind, pieces: [] });
        assert.equal((await answerOf(world.language)).text, 'The answer is forty-two.');
        assert.equal(world.server.asked.length, 2);
      });
    }

    it('[C1] 500 once: it is tried again; 500 always: it is left alone for a while, then it is back', async () => {
      const busy: Behaviour = { kind: 'status', status: 500, message: 'llama runner process has terminated' };
      next(busy);
      assert.equal((await answerOf(world.language)).text, 'The answer is forty-two.');
      world.server.otherwise = busy;
      await assert.rejects(answerOf(world.language), trouble('interrupted', /500.+runner process/));
      const asked = world.server.asked.length;
      const [state] = world.language.state.providers;
      assert.equal(state?.state, 'paused');
      assert.ok((state.retryAt ?? 0) > Date.now());
      assert.ok(world.language.offline, 'it was in use in this run');
      assert.match(world.language.health(0)[0]!.message, /rests before it is tried again.+500/);
      assert.equal(world.language.chosen({ workspace: null, onlyLocal: true }), null);
      await assert.rejects(answerOf(world.language), trouble('expired', /No model was back within 1 s/));
      assert.equal(world.server.asked.length, asked, 'it was left alone');
      world.server.otherwise = { kind: 'answer' };
      await eventually(() => world.language.state.current, 8000);
      assert.equal((await answerOf(world.language)).text, 'The answer is forty-two.');
    });

    it('[C1] it refuses: the words are handed on and it is not asked again', async () => {
      next({ kind: 'status', status: 400, message: 'prompt is too long' });
      await assert.rejects(answerOf(world.language), trouble('none', /400.+prompt is too long/));
      assert.equal(world.server.asked.length, 1);
    });

    it('[C1] the server goes and comes back: OFFLINE, and again not', async () => {
      await answerOf(world.language);
      await world.server.stop();
      await eventually(() => world.language.offline, 5000);
      assert.match(
        world.language.health(0)[0]!.message,
        /Answers come from memory and rules alone.+does not answer/,
      );
      const waiting = answerOf(world.language);
      await world.server.start();
      assert.equal((await waiting).text, 'The answer is forty-two.', 'whoever waited is answered');
      assert.equal(world.language.offline, false);
    });

    it('[C1] it freezes: it is found out while in use', async () => {
      await answerOf(world.language);
      world.server.frozen = true;
      await eventually(() => world.language.offline, 7000);
      assert.match(world.language.state.providers[0]!.words, /did not answer within 1\.2 s/);
    });
  });
}
