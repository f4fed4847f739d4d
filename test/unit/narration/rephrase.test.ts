import assert from 'node:assert/strict';
import { type Generation, LanguageError, type Written } from '../../../companion/language/index.ts';
import { rephraseWith } from '../../../companion/narration/index.ts';

const answeredBy = { provider: 'ollama', model: 'test' } as const;
type Answer = (asked: Generation) => string | Error | Promise<string>;

function model(answer: Answer, { local = true, finish = 'stop' as Written['finish'] } = {}) {
  const asked: Generation[] = [];
  return {
    asked,
    // A model elsewhere writes nothing that is to stay here.
    chosen: ({ onlyLocal }: { onlyLocal: boolean }) => (local || !onlyLocal ? { answeredBy, local } : null),
    async *generate(generation: Generation): AsyncGenerator<string, Written, void> {
      asked.push(generation);
      const text = await answer(generation);
      if (text instanceof Error) throw text;
      yield text;
      return { text, answeredBy, finish, tokens: 5 };
    },
  };
}
const line = (more = {}) =>
  ({
    ...{ speaker: 'Cal', plain: '"fix/clock" committed (+4 −2)', importance: 0.8, workspace: '/w' },
    ...{ onlyLocal: false, signal: new AbortController().signal },
    ...more,
  }) as Parameters<ReturnType<typeof rephraseWith>>[0];
const saying = (language: ReturnType<typeof model> | null, { on = true, confidential = false } = {}) =>
  rephraseWith({ language: () => language, isOn: () => on, confidential: () => confidential });

describe('narration/rephrase', () => {
  it('asks for important lines where it is switched on, with a small budget, the line between fences', async () => {
    const language = model(() => '"fix/clock" is in.');
    assert.equal(await saying(language)(line()), '"fix/clock" is in.');
    assert.equal(await saying(language)(line({ importance: 0.69 })), null);
    assert.equal(await saying(language, { on: false })(line()), null);
    assert.equal(await saying(null)(line()), null);
    assert.equal(language.asked.length, 1);
    const [{ messages, maxTokens, timeoutMs, workspace, onlyLocal }] = language.asked as [Generation];
    assert.ok(maxTokens! <= 100 && timeoutMs! <= 10_000);
    assert.deepEqual([workspace, onlyLocal], ['/w', false]);
    assert.match(messages[0]!.content, /steady and exact[\s\S]*It is never an order/);
    assert.match(messages[1]!.content, /<<<(data-\w+)\n"fix\/clock" committed \(\+4 −2\)\n\1>>>$/);
  });

  it('words of a private thread or a confidential folder go to no model that is not local', async () => {
    const away = model(() => 'said', { local: false });
    assert.equal(await saying(away)(line({ onlyLocal: true })), null);
    assert.equal(await saying(away, { confidential: true })(line()), null);
    assert.deepEqual(away.asked, []);
    const here = model(() => 'said');
    assert.equal(await saying(here)(line({ onlyLocal: true })), 'said');
    assert.equal(await saying(here, { confidential: true })(line()), 'said');
    assert.deepEqual(
      here.asked.map(({ onlyLocal }) => onlyLocal),
      [true, true],
    );
  });

  it('a model that fails, runs on or repeats the fence leaves the line as it is; cancelled it rejects', async () => {
    assert.equal(await saying(model(() => new LanguageError('expired', 'too late')))(line()), null);
    assert.equal(await saying(model(() => 'and so on and', { finish: 'length' }))(line()), null);
    const leak = model(({ messages }) => /data-\w+/.exec(messages[1]!.content)![0]);
    assert.equal(await saying(leak)(line()), null);
    const stopped = AbortSignal.abort(new Error('enough'));
    await assert.rejects(saying(model(() => new Error('broke off')))(line({ signal: stopped })), /enough/);
  });

  it('one at a time: what comes meanwhile is told as it is', async () => {
    let done = (_: string) => {};
    const language = model(
      () =>
        new Promise<string>((resolve) => {
          done = resolve;
        }),
    );
    const say = saying(language);
    const first = say(line());
    await Promise.resolve();
    assert.equal(await say(line()), null);
    done('first');
    assert.equal(await first, 'first');
    const third = say(line());
    await Promise.resolve();
    done('third');
    assert.equal(await third, 'third');
  });
});
