import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Status } from '../../companion/protocol/index.ts';
import { eventually, testCompanion } from '../support/companion.ts';
import { FakeOllama } from '../support/fake-ollama.ts';

const GGUF = Buffer.concat([Buffer.from('GGUF'), Buffer.alloc(2000)]);

describe('language models of the companion', function () {
  this.timeout(60_000);

  it('[C9] a model that was chosen goes and comes back: the watched status says OFFLINE, then which model answers', async () => {
    await using server = await new FakeOllama().start();
    await using world = await testCompanion();
    const { api } = world;
    await api.settings.update({ language: { ollamaUrl: server.address } });
    const watched: Status[] = [];
    const stop = new AbortController();
    const watching = (async () => {
      for await (const status of await api.system.watch({}, { signal: stop.signal })) watched.push(status);
    })().catch(() => {});
    const last = () => watched.at(-1);
    await eventually(() => last()?.answeredBy?.model === 'small-chat');
    assert.equal(last()?.state, 'FULL');
    assert.equal((await api.language.state({})).current?.provider, 'ollama');
    const check = async () =>
      (await api.system.doctor({})).checks.find(({ name }) => name === 'language model');
    assert.match((await check())!.message, /small-chat \(ollama\) writes answers/);

    await server.stop();
    const state = await api.language.probe({});
    assert.equal(state.current, null);
    await eventually(() => last()?.state === 'OFFLINE', 5000);
    assert.equal(last()?.answeredBy, null);
    assert.match(
      last()!.health.find(({ subject }) => subject === 'language:ollama')!.message,
      /ollama serve/,
    );
    assert.equal((await check())!.result, 'warning');

    await server.start();
    await eventually(() => last()?.state === 'FULL', 5000);
    assert.equal(last()?.answeredBy?.model, 'small-chat');

    await server.stop();
    await api.settings.update({ language: { use: 'none' } });
    await eventually(() => last()?.answeredBy === null);
    await delay(200);
    assert.equal(last()?.state, 'FULL', 'to have none is a choice');
    stop.abort();
    await watching;
  });

  it('a GGUF file is fetched with its checksum or not at all, and then lacks only what runs it', async () => {
    const server = createServer((_, response) => void response.end(GGUF));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/models/tiny%20chat.gguf?download=1`;
    try {
      await using world = await testCompanion();
      const { api } = world;
      await api.settings.update({ language: { use: 'embedded', embeddedRuntime: '/nowhere' } });
      const done = (id: string) =>
        eventually(async () =>
          (await api.jobs.list({})).find((job) => job.id === id && ['done', 'failed'].includes(job.status)),
        );
      const wrong = await done((await api.language.fetch({ url, sha256: '0'.repeat(64) })).id);
      assert.equal(wrong.status, 'failed');
      assert.match(wrong.message, /expected sha256 0000.+Nothing was put in place/);
      const sha256 = createHash('sha256').update(GGUF).digest('hex');
      const right = await done((await api.language.fetch({ url, sha256 })).id);
      assert.equal(right.status, 'done', right.message);
      const embedded = (await api.language.state({})).providers.find(
        ({ provider }) => provider === 'embedded',
      )!;
      assert.match(embedded.words, /tiny-chat\.gguf needs node-llama-cpp.+npm install --prefix/);
      assert.equal((await api.system.status({})).state, 'OFFLINE', 'it was chosen');
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it('a piece of an answer that nobody asked this connection for is refused', async () => {
    await using world = await testCompanion();
    await assert.rejects(
      world.api.language.part({ generation: 'x', text: 'Buy gold.' }),
      (error: { code?: string; message: string }) =>
        error.code === 'not_found' && /Nothing "x" is being written/.test(error.message),
    );
  });
});
