import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { servePage } from '../../../companion/gateway/pages.ts';
import { temporaryFolder } from '../../support/temporary.ts';

/** Serves a folder by the gateway's own rules, and asks for one path of it. */
async function ask(pathname: string, files: Readonly<Record<string, string>> = {}): Promise<Response> {
  using folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder.path, name)), { recursive: true });
    writeFileSync(path.join(folder.path, name), text);
  }
  const ui = {
    directory: folder.path,
    page: () => ({ html: '<title>Progeny</title>', policy: "default-src 'none'" }),
  };
  const server = createServer((request, response) => {
    void servePage(ui, request.url ?? '/', response).then((served) => {
      if (!served) response.writeHead(404).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${pathname}`);
    return new Response(await answer.arrayBuffer(), { status: answer.status, headers: answer.headers });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const KEPT = 'public, max-age=31536000, immutable';

describe('the pages of the gateway', () => {
  for (const name of [
    'main-NWFGQLGU.js',
    'main-7JDOCKN2.css',
    'codicon-B3TTTKGI.ttf',
    'chunks/a-b-5T5D2Q2A.js',
  ])
    it(`[W5] lets ${name} be kept for ever: its name holds the digest of its content`, async () => {
      const answer = await ask(`/ui/${name}`, { [name]: 'x' });
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get('cache-control'), KEPT);
      assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    });

  for (const name of ['main.js', 'main-old.css', 'chunks/main-5T5D2Q2a.js'])
    it(`[W5] lets ${name} be kept by nobody`, async () => {
      const answer = await ask(`/ui/${name}`, { [name]: 'x' });
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get('cache-control'), 'no-store');
    });

  it('[W5] lets the page, with its nonce, be kept by nobody', async () => {
    const answer = await ask('/');
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    assert.match(answer.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/);
  });

  it('serves no list of names, no map and nothing that lies elsewhere', async () => {
    const files = { 'assets.json': '{}', 'main-NWFGQLGU.js.map': '{}' };
    for (const pathname of ['/ui/assets.json', '/ui/main-NWFGQLGU.js.map', '/ui/..%2fx.js', '/ui/a/b/c.js'])
      assert.equal((await ask(pathname, files)).status, 404, pathname);
  });
});
