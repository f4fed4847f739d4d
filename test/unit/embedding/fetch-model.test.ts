import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fetchModel } from '../../../companion/embedding/index.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const FILES: Readonly<Record<string, string>> = { '/model.onnx': 'weights', '/tokenizer.json': '{}' };
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('embedding/fetch-model', () => {
  let server: Server;
  let base: string;
  before(async () => {
    server = createServer((request, response) => {
      const body = FILES[request.url ?? ''];
      if (request.url === '/hangs') response.write('a');
      else if (request.url === '/breaks') {
        response.writeHead(200, { 'content-length': '100' });
        response.write('a');
        setTimeout(() => response.destroy(), 10);
      } else response.writeHead(body === undefined ? 404 : 200).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const wanted = (change: Partial<Record<'url' | 'sha256', string>> = {}) => [
    { name: 'model.onnx', url: `${base}/model.onnx`, sha256: sha256('weights') },
    { name: 'tokenizer.json', url: `${base}/tokenizer.json`, sha256: sha256('{}'), ...change },
  ];
  const options = (signal = new AbortController().signal) => ({ signal, progress: () => {} });

  it('puts the files in place together, and another model in the place of the first', async () => {
    using folder = temporaryFolder();
    const target = path.join(folder.path, 'sentence');
    for (let i = 0; i < 2; i++) await fetchModel(target, wanted(), options());
    assert.deepEqual(readdirSync(folder.path), ['sentence']);
    assert.deepEqual(readdirSync(target).sort(), ['model.onnx', 'tokenizer.json']);
    assert.equal(readFileSync(path.join(target, 'model.onnx'), 'utf8'), 'weights');
  });

  for (const [name, change, message] of [
    [
      'another checksum',
      { sha256: '0'.repeat(64) },
      /tokenizer\.json: expected sha256 0000.+received 44136fa3.+Nothing was put in place/,
    ],
    ['an address that is not there', { url: 'BASE/none' }, /tokenizer\.json: .+\/none answered 404/],
    ['a connection that breaks', { url: 'BASE/breaks' }, /./],
    ['a server that is not there', { url: 'http://127.0.0.1:9/x' }, /cannot be reached/],
  ] as const) {
    it(`[M11] ${name}: words, and nothing is changed`, async () => {
      using folder = temporaryFolder();
      const target = path.join(folder.path, 'sentence');
      await fetchModel(target, wanted(), options());
      const broken = 'url' in change ? { url: change.url.replace('BASE', base) } : change;
      await assert.rejects(fetchModel(target, wanted(broken), options()), message);
      assert.ok(existsSync(path.join(target, 'model.onnx')));
      assert.deepEqual(readdirSync(folder.path), ['sentence']);
    });
  }

  it('ends at once when it is cancelled', async () => {
    using folder = temporaryFolder();
    const controller = new AbortController();
    const target = path.join(folder.path, 'sentence');
    const fetching = fetchModel(target, wanted({ url: `${base}/hangs` }), options(controller.signal));
    setTimeout(() => controller.abort(), 50);
    await assert.rejects(fetching, { name: 'AbortError' });
    assert.deepEqual(readdirSync(folder.path), []);
  });
});
