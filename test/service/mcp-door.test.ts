import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { LATEST_PROTOCOL_VERSION } from '@modelcontextprotocol/sdk/types.js';
import { WebSocket } from 'ws';
import { connectAgent, overHttp } from '../support/agent.ts';
import { AgentWorld, GREETING } from '../support/agent-world.ts';
import type { TestCompanion } from '../support/companion.ts';

describe('[M8] the door of agents: who is let in', () => {
  let world: AgentWorld;
  let t: TestCompanion;
  let workspace: string;
  let token: string;

  before(async () => {
    world = await AgentWorld.make();
    ({ t, workspace, token } = world);
    await t.api.workspaces.doors({ path: workspace, mcp: true });
  });
  after(() => world[Symbol.asyncDispose]());

  it('nobody without a token, or with a wrong one', async () => {
    for (const secret of [null, 'x', 'a'.repeat(43), `${token}x`]) {
      const { status, text, headers } = await world.raw({ secret });
      assert.deepEqual(
        [status, JSON.parse(text).code, headers['www-authenticate']],
        [401, 'unauthorized', 'Bearer'],
      );
      await assert.rejects(connectAgent(overHttp(t.discovery.port, secret)));
    }
  });

  it('no page of another origin, no other host name', async () => {
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { host: `rebound.example:${t.discovery.port}` },
    ]) {
      const { status, text } = await world.raw({ headers });
      assert.deepEqual([status, JSON.parse(text).code], [403, 'forbidden']);
    }
  });

  it('no browser that logged in with a code', async () => {
    const { url } = await t.api.auth.code({});
    const session = await t.api.auth.exchange({ code: new URL(url).hash.replace('#code=', '') });
    const { status, text } = await world.raw({ secret: session.token });
    assert.deepEqual([status, JSON.parse(text).code], [403, 'forbidden']);
  });

  it('an agent’s token opens nothing else', async () => {
    for (const [method, route] of [
      ['GET', '/v1/status'],
      ['GET', '/v1/events'],
      ['GET', '/v1/memories'],
      ['POST', '/v1/agents'],
      ['POST', '/v1/memories/recall'],
    ] as const) {
      const answer = await fetch(`http://127.0.0.1:${t.discovery.port}${route}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(method === 'POST' && { body: '{"query":"x","name":"y"}' }),
      });
      assert.deepEqual(
        [answer.status, ((await answer.json()) as { code: string }).code],
        [403, 'forbidden'],
        route,
      );
    }
    const status = await new Promise((resolve) => {
      const ws = new WebSocket(`ws://127.0.0.1:${t.discovery.port}/v1/socket`, [
        'progeny.v1',
        `token.${token}`,
      ]);
      ws.on('unexpected-response', (_q, res) => {
        res.resume();
        resolve(res.statusCode);
      });
      ws.on('open', () => resolve(200));
      ws.on('error', () => {});
    });
    assert.equal(status, 403);
  });

  it('nobody into somebody else’s session', async () => {
    const mine = await world.raw({});
    const id = String(mine.headers['mcp-session-id']);
    const { token: other } = await t.api.agents.add({ name: 'other' });
    const ask = { jsonrpc: '2.0', id: 2, method: 'tools/list' };
    const headers = { 'mcp-session-id': id, 'mcp-protocol-version': LATEST_PROTOCOL_VERSION };
    assert.equal((await world.raw({ headers, body: ask })).status, 200);
    for (const method of ['POST', 'GET', 'DELETE'])
      assert.equal((await world.raw({ method, headers, body: ask, secret: other })).status, 404, method);
    assert.equal((await world.raw({ headers, body: [ask, ask] })).status, 400, 'a batch');
    const narrowed = { ...headers, 'x-progeny-folder': encodeURIComponent(workspace) };
    assert.equal((await world.raw({ headers: narrowed, body: ask })).status, 404);
    assert.equal((await world.raw({ headers, body: ask })).status, 200);
    assert.equal((await world.raw({ method: 'DELETE', headers })).status, 200);
    assert.equal((await world.raw({ headers, body: ask })).status, 404);
  });

  it('what is no message of the protocol is refused in words, what is too large unread', async () => {
    for (const [body, status] of [
      ['{', 400],
      ['[]', 400],
      [[GREETING], 400],
      [{ jsonrpc: '2.0', id: 1, method: 'tools/list' }, 400],
      [{ ...GREETING, params: { clientInfo: { name: 'x'.repeat(2_000_000), version: '1' } } }, 413],
    ] as const)
      assert.equal((await world.raw({ body })).status, status, JSON.stringify(body).slice(0, 60));
    assert.equal((await world.raw({ method: 'PUT' })).status, 404);
    assert.equal((await world.raw({ headers: { 'x-progeny-folder': '%' } })).status, 400);
    assert.equal((await world.raw({ headers: { 'mcp-session-id': 'nothing' } })).status, 404);
  });

  it('a runaway agent is told to wait', async () => {
    await t.api.settings.update({ gateway: { rateFactor: 0.05 } });
    try {
      const { token: hasty } = await t.api.agents.add({ name: 'hasty' });
      const answers = await Promise.all(Array.from({ length: 40 }, () => world.raw({ secret: hasty })));
      const refused = answers.filter(({ status }) => status === 429);
      assert.ok(refused.length > 20, `${refused.length} of 40`);
      assert.match(refused[0]?.text ?? '', /Try again in \d+ ms/);
    } finally {
      await t.api.settings.update({ gateway: { rateFactor: 1000 } });
    }
  });

  it('a token is told once, kept as a digest, and taken back with its sessions', async () => {
    const made = await t.api.agents.add({ name: 'claude-code' });
    assert.equal(made.url, `http://127.0.0.1:${t.discovery.port}/mcp`);
    await assert.rejects(t.api.agents.add({ name: 'claude-code' }), { code: 'conflict' });
    await assert.rejects(t.api.agents.add({ name: '../x' }), { code: 'bad_input' });
    const agent = await world.http(made.token);
    const listed = (await t.api.agents.list({})).find(({ name }) => name === 'claude-code');
    assert.deepEqual(Object.keys(listed ?? {}).sort(), ['actor', 'createdAt', 'name', 'usedAt']);
    assert.ok((listed?.usedAt ?? 0) > 0);
    for (const file of readdirSync(t.data).filter((name) => name.startsWith('hub.db')))
      assert.equal(readFileSync(path.join(t.data, file)).includes(made.token), false, file);
    const mine = await world.raw({ secret: made.token });
    const headers = {
      'mcp-session-id': String(mine.headers['mcp-session-id']),
      'mcp-protocol-version': LATEST_PROTOCOL_VERSION,
    };
    const listening = world.raw({ method: 'GET', headers, secret: made.token });
    assert.equal(await Promise.race([listening, delay(200, 'it is open')]), 'it is open');
    await t.api.agents.remove({ name: 'claude-code' });
    assert.equal((await listening).status, 200);
    await assert.rejects(t.api.agents.remove({ name: 'claude-code' }), { code: 'not_found' });
    await assert.rejects(agent.call('recent'), /401|unauthorized/);
    await assert.rejects(world.http(made.token));
  });

  it('nothing to the browser: doors and tokens are the owner’s', async () => {
    const { url } = await t.api.auth.code({});
    const session = await t.api.auth.exchange({ code: new URL(url).hash.replace('#code=', '') });
    for (const [method, route] of [
      ['POST', '/v1/workspaces/doors'],
      ['POST', '/v1/agents'],
      ['GET', '/v1/agents'],
      ['DELETE', '/v1/agents/tester'],
    ] as const) {
      const answer = await fetch(`http://127.0.0.1:${t.discovery.port}${route}`, {
        method,
        headers: { authorization: `Bearer ${session.token}`, 'content-type': 'application/json' },
        ...(method === 'POST' && { body: JSON.stringify({ path: workspace, mcp: true, name: 'x' }) }),
      });
      assert.equal(answer.status, 403, route);
    }
  });
});
