import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { Api } from '../../../companion/client/index.ts';
import { systemClock } from '../../../companion/kernel/index.ts';
import { generateInEditor } from '../../../extension/chat/generate.ts';
import * as fake from '../../support/fake-vscode.ts';

fake.withFakeVscode();
const { editorModels } = await import('../../../extension/chat/editor-models.ts');

const input = {
  generation: 'gen_1',
  messages: [
    { role: 'system' as const, content: 'Be brief.' },
    { role: 'user' as const, content: 'Where was I?' },
    { role: 'assistant' as const, content: 'In fix/clock.' },
  ],
  maxTokens: 200,
};

/** A companion that wants so many parts, and notes them. */
function companion(wanted = Number.POSITIVE_INFINITY) {
  const parts: string[] = [];
  const api = {
    language: {
      part: async ({ generation, text }: { generation: string; text: string }) => {
        assert.equal(generation, 'gen_1');
        parts.push(text);
        return { go: parts.length < wanted };
      },
    },
  } as unknown as Api;
  return { parts, api: () => api };
}

/** An editor whose one model writes these pieces, and notes what it was asked. */
function editor(write: (token: fake.CancellationTokenSource['token']) => AsyncIterable<string>) {
  const asked: { messages: unknown; options: unknown }[] = [];
  const sources: fake.CancellationTokenSource[] = [];
  const model = {
    name: 'GPT Mini',
    family: 'gpt-mini',
    async sendRequest(messages: unknown, options: unknown, token: fake.CancellationTokenSource['token']) {
      asked.push({ messages, options });
      return { text: write(token) };
    },
  };
  const models = {
    select: async () => [model as unknown as vscode.LanguageModelChat],
    message: (role: 'user' | 'assistant', content: string) =>
      ({ role, content }) as unknown as vscode.LanguageModelChatMessage,
    cancellation: () => {
      const source = new fake.CancellationTokenSource();
      sources.push(source);
      return source as unknown as vscode.CancellationTokenSource;
    },
  };
  return { asked, models, sources };
}

async function* pieces(...texts: string[]) {
  yield* texts;
}

describe('writing with the editor’s model', () => {
  it('[C8] hands in every piece in order, and tells which model it was', async () => {
    const { parts, api } = companion();
    const { asked, models } = editor(() => pieces('You ', 'stopped ', 'in fix/clock.'));
    assert.deepEqual(await generateInEditor({ models, api, clock: systemClock }, input), {
      model: 'GPT Mini',
      stopped: false,
    });
    assert.equal(parts.join(''), 'You stopped in fix/clock.');
    // The editor's models know no role of a system.
    assert.deepEqual(asked[0]?.messages, [
      { role: 'user', content: 'Be brief.' },
      { role: 'user', content: 'Where was I?' },
      { role: 'assistant', content: 'In fix/clock.' },
    ]);
    assert.match(JSON.stringify(asked[0]?.options), /you opened the door.*"max_tokens":200/);
  });

  it('stops as soon as the companion wants no more, and cancels the model', async () => {
    const { parts, api } = companion(2);
    const { models, sources } = editor(() => pieces('a', 'b', 'c', 'd'));
    const written = await generateInEditor({ models, api, clock: systemClock }, input);
    assert.deepEqual(written, { model: 'GPT Mini', stopped: true });
    assert.deepEqual(parts, ['a', 'b']);
    assert.equal(sources[0]?.cancelled, true);
  });

  it('hears "stop" while the model is silent', async () => {
    const { parts, api } = companion(2);
    const { models, sources } = editor(async function* () {
      yield 'a';
      await new Promise(() => {});
    });
    const written = await generateInEditor({ models, api, clock: systemClock }, input);
    assert.equal(written.stopped, true);
    assert.deepEqual(parts, ['a', '']);
    assert.equal(sources[0]?.cancelled, true);
  });

  it('cuts what is too long for one part, and loses nothing', async () => {
    const { parts, api } = companion();
    const long = 'x'.repeat(250_000);
    const { models } = editor(() => pieces(long));
    await generateInEditor({ models, api, clock: systemClock }, input);
    assert.deepEqual(
      parts.map((part) => part.length),
      [100_000, 100_000, 50_000],
    );
  });

  it('says in words that there is no model, and passes on what the model refuses', async () => {
    const { api } = companion();
    const none = { ...editor(() => pieces()).models, select: async () => [] };
    await assert.rejects(
      generateInEditor({ models: none, api, clock: systemClock }, input),
      /no language model/,
    );
    const { models } = editor(async function* () {
      yield* pieces('a');
      throw new Error('You have used up your requests.');
    });
    await assert.rejects(
      generateInEditor({ models, api, clock: systemClock }, input),
      /used up your requests/,
    );
  });

  it('stops where the connection is gone', async () => {
    const { models } = editor(() => pieces('a', 'b'));
    const written = await generateInEditor({ models, api: () => null, clock: systemClock }, input);
    assert.equal(written.stopped, true);
  });

  it('is offered only where the editor has models to choose from', async () => {
    assert.deepEqual(await editorModels()?.select(), []);
    assert.deepEqual(editorModels()?.message('assistant', 'x'), { role: 'assistant', content: 'x' });
    const { selectChatModels } = fake.lm;
    try {
      delete fake.lm.selectChatModels;
      assert.equal(editorModels(), null);
    } finally {
      Object.assign(fake.lm, { selectChatModels });
    }
  });
});
