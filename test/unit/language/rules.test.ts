import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CLOSED, failed, isOpen } from '../../../companion/language/breaker.ts';
import { suitable } from '../../../companion/language/choose-model.ts';
import { eventsOf, linesOf } from '../../../companion/language/lines.ts';
import { isLoopback, isSafe } from '../../../companion/language/loopback.ts';
import { findNodeLlamaCpp } from '../../../companion/language/node-llama-cpp.ts';
import { isCloud } from '../../../companion/language/ollama.ts';
import { nextLook } from '../../../companion/language/probing.ts';
import { checkReply, withSchema } from '../../../companion/language/structured.ts';
import { nextOf, Turns } from '../../../companion/language/turns.ts';
import { WithoutThinking } from '../../../companion/language/without-thinking.ts';

describe('language/breaker', () => {
  it('opens at the third failure in a row, longer each time, up to a minute', () => {
    let breaker = CLOSED;
    for (let i = 0; i < 2; i++) breaker = failed(breaker, 0);
    assert.equal(isOpen(breaker, 0), false);
    const pauses: number[] = [];
    let now = 0;
    for (let i = 0; i < 7; i++) {
      breaker = failed(breaker, now);
      assert.ok(isOpen(breaker, now));
      pauses.push(breaker.retryAt! - now);
      now = breaker.retryAt!;
      assert.equal(isOpen(breaker, now), false);
    }
    assert.deepEqual(pauses, [3000, 6000, 12_000, 24_000, 48_000, 60_000, 60_000]);
  });
});

describe('language/turns', () => {
  const never = new AbortController().signal;

  it('one at a time; a turn that is given back twice counts once', async () => {
    const turns = new Turns(1);
    const first = await turns.take('a', never);
    let came = 0;
    const later = [turns.take('a', never), turns.take('a', never)];
    for (const each of later) void each.then(() => came++);
    first.release();
    first.release();
    await later[0];
    await new Promise(setImmediate);
    assert.equal(came, 1);
    assert.equal(turns.waiting, 1);
  });

  it('goes round between folders, in order within one', async () => {
    const turns = new Turns(1);
    const running = await turns.take('x', never);
    const order: string[] = [];
    const all = ['a1', 'a2', 'a3', 'b1', 'b2', 'c1'].map(async (name) => {
      const turn = await turns.take(name[0]!, never);
      order.push(name);
      turn.release();
    });
    running.release();
    await Promise.all(all);
    assert.deepEqual(order, ['a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
  });

  it('whoever leaves is not waited for', async () => {
    const turns = new Turns(1);
    const running = await turns.take('a', never);
    const gone = new AbortController();
    const left = turns.take('a', gone.signal);
    const stays = turns.take('a', never);
    gone.abort('left');
    await assert.rejects(left, (reason) => reason === 'left');
    running.release();
    (await stays).release();
    assert.equal(turns.waiting, 0);
  });

  it('nobody waits for ever: of n keys each is served within n turns', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 40 }), (keys) => {
        let waiting = keys.map((key, i) => ({ key: String(key), i }));
        const served = new Map<string, number>();
        const order: string[] = [];
        for (let n = 1; waiting.length > 0; n++) {
          const next = nextOf(waiting, served);
          served.set(next.key, n);
          order.push(next.key);
          waiting = waiting.filter((each) => each !== next);
        }
        const distinct = new Set(keys).size;
        assert.equal(new Set(order.slice(0, distinct)).size, distinct);
      }),
    );
  });
});

describe('language/choose-model', () => {
  const model = (name: string, bytes: number | null = null, local = true, chats = true) => ({
    name,
    bytes,
    local,
    chats,
  });
  const names = (...args: Parameters<typeof suitable>) => suitable(...args).map(({ name }) => name);

  it('the largest that fits into half of the memory; never one that makes vectors, a base model, or one elsewhere', () => {
    const models = [
      model('llama3.2:1b', 1.3e9),
      model('qwen3:8b', 5.2e9),
      model('llama3.3:70b', 42e9),
      model('nomic-embed-text', 0.3e9, true, false),
      model('smollm2:135m-base', 0.1e9),
      model('gpt-oss:120b-cloud', null, false),
    ];
    assert.deepEqual(names(models, '', 16e9), ['qwen3:8b', 'llama3.2:1b', 'llama3.3:70b']);
    assert.deepEqual(names(models, '', 200e9)[0], 'llama3.3:70b');
  });

  it('the named one and no other, with or without its tag', () => {
    const models = [model('llama3.2:latest'), model('llama3.2:1b')];
    assert.deepEqual(names(models, 'llama3.2', 16e9), ['llama3.2:latest']);
    assert.deepEqual(names(models, 'llama3.2:1b', 16e9), ['llama3.2:1b']);
    assert.deepEqual(names(models, 'mistral', 16e9), []);
  });

  it('knows Ollama’s cloud models by name and by host', () => {
    assert.ok(isCloud({ name: 'gpt-oss:120b-cloud' }));
    assert.ok(isCloud({ name: 'kimi-k2:cloud' }));
    assert.ok(isCloud({ name: 'mine', remote_host: 'https://ollama.com' }));
    assert.ok(!isCloud({ name: 'cloudy:7b' }));
  });
});

describe('language/loopback', () => {
  it('knows this machine from others that look like it', () => {
    for (const here of [
      'http://127.0.0.1:11434',
      'http://localhost:1234/v1',
      'http://[::1]:8080',
      'http://127.8.8.8',
    ])
      assert.ok(isLoopback(here), here);
    for (const away of [
      'http://127.0.0.1.example.org',
      'http://localhost.example.org',
      'http://127.0.0.1@example.org',
      'http://0.0.0.0:11434',
      'http://192.168.0.4',
      'http://[::2]',
      'ftp://127.0.0.1',
      'not an address',
    ])
      assert.ok(!isLoopback(away), away);
    assert.ok(isSafe('https://example.org/v1') && !isSafe('http://example.org/v1'));
  });
});

describe('language/lines', () => {
  it('the same lines and events however the bytes are cut', async () => {
    const text =
      'data: {"a":"größer 🙂"}\r\n\r\n: note\n\ndata: one\ndata: two\n\nevent: x\ndata: [DONE]\n\n';
    const bytes = new TextEncoder().encode(text);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: bytes.length })), async (cuts) => {
        const at = [...new Set([0, ...cuts, bytes.length])].sort((a, b) => a - b);
        const chunks = at.slice(1).map((end, i) => bytes.subarray(at[i], end));
        const found: string[] = [];
        for await (const data of eventsOf(linesOf(ReadableStream.from(chunks)))) found.push(data);
        assert.deepEqual(found, ['{"a":"größer 🙂"}', 'one\ntwo', '[DONE]']);
      }),
    );
  });

  it('a line without an end is refused before it fills the memory', async () => {
    const endless = (async function* () {
      for (;;) yield new Uint8Array(100_000).fill(97);
    })();
    await assert.rejects(async () => {
      for await (const _ of linesOf(endless));
    }, /more than 1000000 characters/);
  });
});

describe('language/without-thinking', () => {
  it('leaves out what is thought at the beginning, however it is cut, and nothing else', () => {
    const texts: readonly (readonly [string, string])[] = [
      ['<think>Hm. <b>?</think>\n\nBlue.', 'Blue.'],
      ['\n<think></think>Blue', 'Blue'],
      ['Blue, I <think> so</think>.', 'Blue, I <think> so</think>.'],
      ['<thin', '<thin'],
      ['<think>never done', ''],
      ['', ''],
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.array(fc.integer({ min: 1, max: 20 })),
        ([text, wanted], cuts) => {
          const at = [...new Set([0, ...cuts.filter((cut) => cut < text.length), text.length])].sort(
            (a, b) => a - b,
          );
          const filter = new WithoutThinking();
          const shown = at.slice(1).map((end, i) => filter.push(text.slice(at[i], end)));
          assert.equal(shown.join('') + filter.end(), wanted);
        },
      ),
    );
  });
});

describe('language/structured', () => {
  const schema = { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] };

  it('finds the JSON in what models wrap around it', () => {
    for (const text of [
      '{"n": 3}',
      '```json\n{"n": 3}\n```',
      'Sure! Here it is: {"n": 3} Anything else?',
      '  {"n":3}\n',
    ])
      assert.deepEqual(JSON.parse((checkReply(text, schema) as { json: string }).json), { n: 3 }, text);
  });

  it('says what is wrong', () => {
    const problem = (text: string) => (checkReply(text, schema) as { problem?: string }).problem ?? 'none';
    assert.match(problem('I cannot.'), /no JSON/);
    assert.match(problem('{"n": "three"}'), /at `n`/);
    assert.match(problem('{}'), /at `n`/);
  });

  it('tells the schema in the first words of the system, wherever there are any', () => {
    const told = withSchema(
      [
        { role: 'system', content: 'Be kind.' },
        { role: 'user', content: 'Hi' },
      ],
      schema,
    );
    assert.match(told[0]!.content, /^Be kind\.\n\nReply with one JSON value.+"integer"/s);
    assert.equal(withSchema([{ role: 'user', content: 'Hi' }], schema)[0]?.role, 'system');
  });
});

describe('language/probing', () => {
  const calm = { now: 1e6, waiting: false, amissSince: null, lastUse: 0, reachable: true, watched: true };

  it('looks not at all while all is well and nobody asks', () => {
    assert.equal(nextLook(calm), null);
  });

  it('[C9] looks often enough to find an end in use and a return within five seconds', () => {
    const longest = 2 * 1200;
    for (const change of [{ lastUse: 1e6 - 30_000 }, { waiting: true }, { amissSince: 1e6 - 60_000 }])
      assert.ok((nextLook({ ...calm, ...change }) ?? Number.POSITIVE_INFINITY) + longest < 5000);
  });

  it('is patient with what stays away, and with a machine without models', () => {
    assert.equal(nextLook({ ...calm, amissSince: 0, now: 3e6 }), 10_000);
    assert.equal(nextLook({ ...calm, reachable: false }), 30_000);
    assert.equal(nextLook({ ...calm, reachable: false, watched: false }), null);
  });
});

describe('language/node-llama-cpp', () => {
  it('is found by none where it is not', () => {
    assert.equal(findNodeLlamaCpp(['/nowhere/at/all']), null);
  });
});
