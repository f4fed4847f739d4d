import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import fc from 'fast-check';
import { WebSocket } from 'ws';
import { discoveryFile } from '../../companion/client/node.ts';
import { contract } from '../../companion/protocol/index.ts';
import { applicable } from '../support/applicable.ts';
import { type TestCompanion, testCompanion } from '../support/companion.ts';

interface Answer {
  status: number;
  body: { code?: string; message?: string; details?: Record<string, unknown> };
}

describe('doors', () => {
  let t: TestCompanion;
  before(async () => {
    t = await testCompanion();
  });
  after(() => t[Symbol.asyncDispose]());

  function call(
    path: string,
    options: {
      method?: string;
      headers?: Record<string, string>;
      body?: string | Buffer;
      token?: string | null;
    } = {},
  ): Promise<Answer> {
    const { method = 'GET', headers = {}, body, token = t.discovery.token } = options;
    return new Promise((resolve, reject) => {
      const req = request(
        {
          host: '127.0.0.1',
          port: t.discovery.port,
          path,
          method,
          headers: {
            ...(token ? { authorization: `Bearer ${token}` } : {}),
            'content-type': 'application/json',
            ...headers,
          },
        },
        (res) => {
          let text = '';
          res.setEncoding('utf8').on('data', (chunk) => {
            text += chunk;
          });
          res.on('end', () =>
            resolve({ status: res.statusCode ?? 0, body: text.startsWith('{') ? JSON.parse(text) : {} }),
          );
        },
      );
      req.on('error', reject);
      req.end(body);
    });
  }

  /** Opens a socket with raw frames; resolves with the close code, or with frames when it stays open. */
  function socket(options: {
    token?: string;
    origin?: string;
    frames?: (string | Buffer)[];
    host?: string;
  }): Promise<{ status?: number; closed?: number; reason?: string; frames: string[] }> {
    return new Promise((resolve) => {
      const headers: Record<string, string> = {
        ...(options.origin && { origin: options.origin }),
        ...(options.host && { host: options.host }),
      };
      const ws = new WebSocket(
        `ws://127.0.0.1:${t.discovery.port}/v1/socket`,
        ['progeny.v1', `token.${options.token ?? t.discovery.token}`],
        { headers },
      );
      const frames: string[] = [];
      let timer: NodeJS.Timeout;
      ws.on('unexpected-response', (_q, res) => {
        res.resume();
        resolve({ status: res.statusCode ?? 0, frames });
      });
      ws.on('open', () => {
        for (const frame of options.frames ?? []) ws.send(frame);
        timer = setTimeout(() => {
          resolve({ frames });
          ws.terminate();
        }, 300);
      });
      ws.on('message', (data) => frames.push(String(data)));
      ws.on('close', (closed, reason) => {
        clearTimeout(timer);
        resolve({ closed, reason: String(reason), frames });
      });
      ws.on('error', () => {});
    });
  }

  it('health needs no token, everything else does', async () => {
    assert.equal((await call('/healthz', { token: null })).status, 200);
    assert.equal((await call('/readyz', { token: null })).status, 200);
    assert.deepEqual(
      await call('/v1/status', { token: null }).then(({ status, body }) => [status, body.code]),
      [401, 'unauthorized'],
    );
    assert.equal((await call('/v1/status')).status, 200);
  });

  it('[F5] a wrong token is refused at both doors', async () => {
    for (const token of ['x', 'a'.repeat(43), `${t.discovery.token}x`]) {
      assert.equal((await call('/v1/status', { token })).status, 401);
      assert.equal((await socket({ token })).status, 401);
    }
  });

  it('[F5] pages of other origins and other host names are refused', async () => {
    for (const origin of [
      'https://evil.example',
      'http://127.0.0.1:1',
      'null',
      'http://localhost.evil.example',
    ]) {
      assert.deepEqual(
        await call('/v1/status', { headers: { origin } }).then(({ status, body }) => [status, body.code]),
        [403, 'forbidden'],
      );
      assert.equal((await socket({ origin })).status, 403);
    }
    assert.equal(
      (await call('/v1/status', { headers: { host: `rebound.example:${t.discovery.port}` } })).status,
      403,
    );
    assert.equal((await call('/healthz', { headers: { host: 'rebound.example' }, token: null })).status, 403);
    assert.equal(
      (await call('/v1/status', { headers: { origin: `http://localhost:${t.discovery.port}` } })).status,
      200,
    );
  });

  it('[F5] an oversize body or frame gets a typed refusal', async () => {
    const body = JSON.stringify({ path: 'x'.repeat(2 * 1024 * 1024) });
    assert.deepEqual(
      await call('/v1/workspaces', { method: 'POST', body }).then(({ status, body: b }) => [status, b.code]),
      [413, 'too_large'],
    );
    assert.equal((await socket({ frames: [body] })).closed, 1009);
  });

  it('[F5] malformed frames close the connection with bad_frame and harm nobody else', async () => {
    for (const frame of [
      '',
      '{',
      'null',
      '[]',
      '{"i":1}',
      '{"i":{},"p":{}}',
      '{"i":"1","p":{"u":7}}',
      '\u0000',
      Buffer.from([0xff, 0xfe]),
    ]) {
      const { closed, reason } = await socket({ frames: [frame] });
      assert.deepEqual(
        [closed, JSON.parse(reason ?? '{}').code],
        [1007, 'bad_frame'],
        `frame ${JSON.stringify(frame)}`,
      );
    }
    assert.equal((await t.api.system.status({})).state, 'FULL');
  });

  it('[F5] an unknown procedure is named in the refusal', async () => {
    const { frames } = await socket({ frames: ['{"i":"1","p":{"u":"/no/such"}}'] });
    assert.match(frames[0] as string, /"code":"not_found".*no\.such/);
    assert.deepEqual(await call('/v1/nothing').then(({ status, body }) => [status, body.code]), [
      404,
      'not_found',
    ]);
  });

  it('[F5] the first call on a connection is hello', async () => {
    const { frames } = await socket({ frames: ['{"i":"1","p":{"u":"/system/status","b":{"json":{}}}}'] });
    assert.match(frames[0] as string, /hello_required/);
  });

  it('[F5] wrong types name the field and what was received', async () => {
    const { status, body } = await call('/v1/loops', {
      method: 'POST',
      body: JSON.stringify({ workspace: 7, title: '' }),
    });
    assert.equal(status, 400);
    assert.equal(body.code, 'bad_input');
    assert.match(body.message ?? '', /workspace: .*expected string, received number/);
    assert.deepEqual(
      (body.details as { fields: { path: string }[] }).fields.map((f) => f.path),
      ['workspace', 'title'],
    );
    const broken = await call('/v1/loops', { method: 'POST', body: '{"workspace":' });
    assert.deepEqual([broken.status, broken.body.code], [400, 'bad_input']);
    assert.equal((await call('/v1/events?since=abc')).body.code, 'bad_input');
    assert.equal((await call('/v1/events?since=0&limit=5')).status, 200);
  });

  it('[F5] garbage instead of HTTP does no harm', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        await new Promise<void>((resolve) => {
          const raw = connect(t.discovery.port, '127.0.0.1', () => raw.end(bytes));
          raw.on('close', () => resolve());
          raw.on('error', () => resolve());
          raw.resume();
        });
      }),
      { numRuns: 60 },
    );
    assert.equal((await call('/healthz', { token: null })).status, 200);
  });

  it('[F5] random input to every procedure ends in an answer or a typed error, never in a defect', async () => {
    // Those that end the service, stream without end or are admin work have tests of their own.
    const skipped = new Set([
      'system.stop',
      'system.watch',
      'events.subscribe',
      'clients.requests',
      'backups.create',
      'system.doctor',
    ]);
    const names = Object.entries(contract)
      .flatMap(([room, procedures]) => Object.keys(procedures).map((name) => [room, name] as const))
      .filter(([room, name]) => !skipped.has(`${room}.${name}`));
    const { client } = t;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.oneof(
          fc.jsonValue(),
          fc.record(
            {
              workspace: fc.jsonValue(),
              path: fc.string(),
              id: fc.string(),
              text: fc.string(),
              limit: fc.integer(),
              title: fc.string(),
            },
            { requiredKeys: [] },
          ),
        ),
        async ([room, name], input) => {
          const procedure = (
            client.api as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>
          )[room]?.[name] as (input: unknown) => Promise<unknown>;
          try {
            await procedure(input);
          } catch (error) {
            const { code } = error as { code?: string };
            assert.ok(
              code !== undefined && code !== 'internal',
              `${room}.${name} ${JSON.stringify(input)}: ${error}`,
            );
          }
        },
      ),
      { numRuns: 800 },
    );
  });

  it('a runaway client is told when to come back', async () => {
    const calls = await Promise.all(
      Array.from({ length: 40 }, () =>
        t.api.auth.code({}).then(
          () => null,
          (error: { code: string; details: { retryAfterMs: number } }) => error,
        ),
      ),
    );
    const refused = calls.filter((error) => error !== null);
    assert.ok(refused.length >= 19, `${refused.length} of 40 were refused`);
    assert.ok(refused.every((error) => error.code === 'rate_limited' && error.details.retryAfterMs > 0));
  });

  it('the OpenAPI document and the web UI’s policy are served', async () => {
    const { status, body } = await call('/v1/openapi.json', { token: null });
    assert.equal(status, 200);
    assert.equal((body as { openapi?: string }).openapi, '3.1.1');
    const paths = Object.keys((body as { paths?: object }).paths ?? {});
    assert.ok(paths.includes('/v1/loops/{id}'), paths.join(' '));
  });

  applicable(process.platform !== 'win32', 'file modes of POSIX')(
    'only this user can read the discovery file',
    () => {
      assert.equal(statSync(discoveryFile(t.data)).mode & 0o777, 0o600);
      assert.equal(statSync(t.data).mode & 0o777, 0o700);
    },
  );
});
