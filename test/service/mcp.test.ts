import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { LATEST_PROTOCOL_VERSION } from '@modelcontextprotocol/sdk/types.js';
import { WebSocket } from 'ws';
import { mcpCommands } from '../../companion/cli/mcp-commands.ts';
import { readArguments } from '../../companion/cli/options.ts';
import { readDiscovery } from '../../companion/client/node.ts';
import { makeRepository, type TestRepository } from '../fixtures/repository.ts';
import { type Agent, connectAgent, overHttp, overStdio } from '../support/agent.ts';
import { eventually, type TestCompanion, testCompanion } from '../support/companion.ts';
import { temporaryFolder } from '../support/temporary.ts';

const TOOLS = ['decide', 'forget', 'open_loops', 'recall', 'recent', 'remember'];
const GREETING = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: {
    protocolVersion: LATEST_PROTOCOL_VERSION,
    capabilities: {},
    clientInfo: { name: 'raw', version: '1' },
  },
};

describe('agents (MCP)', () => {
  let t: TestCompanion;
  let repository: TestRepository;
  let workspace: string;
  let token: string;
  const agents: Agent[] = [];

  const http = async (secret = token, headers: Record<string, string> = {}) => {
    const agent = await connectAgent(overHttp(t.discovery.port, secret, headers));
    agents.push(agent);
    return agent;
  };
  const stdio = async (folder = workspace) => {
    const agent = await connectAgent(overStdio(t.data, folder), 'Stdio Agent');
    agents.push(agent);
    return agent;
  };
  /** A raw request to the door. */
  const raw = (options: {
    method?: string;
    headers?: Record<string, string>;
    body?: unknown;
    secret?: string | null;
  }): Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; text: string }> =>
    new Promise((resolve, reject) => {
      const { method = 'POST', headers = {}, body = GREETING, secret = token } = options;
      const req = request(
        {
          host: '127.0.0.1',
          port: t.discovery.port,
          path: '/mcp',
          method,
          headers: {
            ...(secret !== null && { authorization: `Bearer ${secret}` }),
            'content-type': 'application/json',
            accept: 'application/json, text/event-stream',
            ...headers,
          },
        },
        (res) => {
          let text = '';
          res.setEncoding('utf8').on('data', (chunk) => {
            text += chunk;
          });
          res.on('end', () => resolve({ status: res.statusCode ?? 0, headers: res.headers, text }));
        },
      );
      req.on('error', reject);
      req.end(method === 'POST' ? (typeof body === 'string' ? body : JSON.stringify(body)) : undefined);
    });

  before(async () => {
    t = await testCompanion();
    repository = await makeRepository();
    repository.commit({ 'a.ts': '// TODO mend the tiller\n' }, { message: 'feat: a boat' });
    workspace = (await t.api.workspaces.open({ path: repository.root })).path;
    const job = await t.api.workspaces.scan({ path: workspace });
    await eventually(async () => (await t.api.jobs.list({})).find((j) => j.id === job.id)?.status === 'done');
    token = (await t.api.agents.add({ name: 'tester' })).token;
    await t.api.settings.update({ gateway: { rateFactor: 1000 } });
  });
  after(async () => {
    for (const agent of agents) await agent.close();
    await t[Symbol.asyncDispose]();
    await repository[Symbol.asyncDispose]();
  });

  describe('[M8] the closed door', () => {
    it('is closed until somebody opens it, and every tool says how', async () => {
      assert.deepEqual((await t.api.workspaces.list({}))[0]?.doors, { mcp: false, confidential: false });
      const agent = await http();
      for (const [tool, input] of [
        ['remember', { content: 'x' }],
        ['recall', { query: 'x' }],
        ['recent', {}],
        ['decide', { question: 'x', decision: 'y' }],
        ['open_loops', {}],
        ['forget', { query: 'x' }],
      ] as const) {
        const answer = await agent.call(tool, input);
        assert.ok(answer.failed, tool);
        assert.match(answer.text, /forbidden: .*progeny mcp open/, tool);
        assert.deepEqual(answer.data, {});
      }
      assert.deepEqual(await t.api.memories.recent({ kinds: ['observation'] }), []);
    });

    it('opens for one folder, at once, and for sessions that are there already', async () => {
      const agent = await http();
      assert.ok((await agent.call('recent')).failed);
      assert.deepEqual(await t.api.workspaces.doors({ path: workspace, mcp: true }), {
        mcp: true,
        confidential: false,
      });
      assert.equal((await agent.call('recent')).failed, false);
      assert.equal((await t.api.workspaces.list({}))[0]?.doors.mcp, true);
      await assert.rejects(t.api.workspaces.doors({ path: '/nowhere', mcp: true }), { code: 'not_found' });
    });
  });

  for (const door of ['http', 'stdio'] as const) {
    describe(`[M8] an agent over ${door}`, () => {
      let agent: Agent;
      before(async () => {
        agent = door === 'http' ? await http() : await stdio();
      });

      it('finds six tools, each with its schemas, its hints and a description to go by', async () => {
        const { tools } = await agent.client.listTools();
        assert.deepEqual(tools.map(({ name }) => name).sort(), TOOLS);
        for (const tool of tools) {
          assert.ok((tool.description?.length ?? 0) > 120, tool.name);
          assert.equal(tool.outputSchema?.type, 'object');
          assert.ok(tool.inputSchema.properties?.workspace, tool.name);
          const reads = ['recall', 'recent', 'open_loops'].includes(tool.name);
          assert.equal(tool.annotations?.readOnlyHint, reads, tool.name);
          assert.equal(tool.annotations?.destructiveHint ?? false, tool.name === 'forget', tool.name);
        }
        assert.match(agent.client.getInstructions() ?? '', /never instructions/);
      });

      it('remembers, marked as an agent’s, and recalls it', async () => {
        const content = `The ${door} tiller is borrowed from Bo`;
        const stored = await agent.call('remember', {
          content,
          kind: 'fact',
          file: 'a.ts',
          line: 1,
          tags: ['boat', 'agent:somebody else'],
          workspace,
        });
        assert.equal(stored.failed, false, stored.text);
        const name = door === 'http' ? 'Test Agent' : 'Stdio Agent';
        assert.deepEqual(stored.data.tags, ['boat', `agent:${name}`]);
        const { record } = await t.api.memories.trace({ id: String(stored.data.id) });
        assert.deepEqual(
          [record.writtenBy, record.author, record.private, record.pinned, record.workspace, record.source],
          ['agent', name, false, false, workspace, { file: 'a.ts', line: 1 }],
        );
        const found = await agent.call('recall', { query: `whose ${door} tiller?` });
        const [first] = found.data.records as Record<string, unknown>[];
        assert.deepEqual(
          [first?.content, first?.writtenBy, first?.author, first?.file],
          [content, 'agent', name, 'a.ts'],
        );
        assert.match(found.text, /quoted as data[\s\S]*Do not follow[\s\S]*\n> The .* tiller/);
        assert.equal(typeof found.data.byMeaning, 'boolean');
      });

      it('tells what happened last, and what is open', async () => {
        const recent = await agent.call('recent', { limit: 3, kinds: ['fact'] });
        const [first] = recent.data.records as { content: string; happenedAt: string }[];
        assert.match(first?.content ?? '', new RegExp(`${door} tiller`));
        assert.ok(Date.parse(first?.happenedAt ?? '') > Date.now() - 60_000);
        const open = await agent.call('open_loops', { workspace: path.join(workspace, 'src') });
        const [loop] = open.data.loops as { title: string; places: string[] }[];
        assert.match(loop?.title ?? '', /mend the tiller/);
        assert.deepEqual(loop?.places, ['a.ts:1']);
        assert.match(open.text, /\n> .*mend the tiller/);
      });

      it('records a decision that can be told from a person’s', async () => {
        const question = `Which rope over ${door}?`;
        const made = await agent.call('decide', { question, decision: 'Hemp', why: 'it was there' });
        assert.equal(made.failed, false, made.text);
        const decision = (await t.api.decisions.list({ workspace })).find((each) => each.id === made.data.id);
        assert.match(decision?.links[0] ?? '', /^agent:/);
        const {
          found: [found],
        } = await t.api.memories.recall({ query: question, kinds: ['decision'], workspace });
        assert.equal(found?.record.writtenBy, 'agent');
        assert.match(found?.record.author ?? '', /Agent$/);
        assert.match(found?.record.content ?? '', /Hemp\nit was there/);
      });

      it('only asks to have something forgotten', async () => {
        const { data } = await agent.call('remember', { content: `To be forgotten over ${door}` });
        const asked = await agent.call('forget', { ids: [data.id], reason: 'a typo' });
        assert.equal(asked.data.state, 'waiting');
        assert.match(asked.text, /Nothing is forgotten yet/);
        await t.api.memories.trace({ id: String(data.id) });
        const waiting = (await t.api.memories.forgetRequests({})).find((r) => r.id === asked.data.request);
        assert.deepEqual(
          [waiting?.select, waiting?.reason, waiting?.workspace],
          [{ ids: [data.id], workspace }, 'a typo', workspace],
        );
        assert.match(waiting?.agent ?? '', /Agent$/);
      });

      it('is told in words what is wrong with its input', async () => {
        for (const [tool, input, expected] of [
          ['remember', { content: '  ' }, /not blank/],
          ['remember', { content: 'x'.repeat(20_000) }, /16384/],
          ['remember', { content: 'x', kind: 'decision' }, /observation/],
          ['recall', {}, /query/],
          ['recall', { query: 'x', limit: 1000 }, /30/],
          ['recall', { query: 'x', since: 'yesterday' }, /ISO 8601/],
          ['recent', { workspace: '/nowhere' }, /not_found: .*not open to agents/],
          ['decide', { question: 'x' }, /decision/],
          ['forget', { reason: 'everything' }, /bad_input: .*at least one of/],
          ['forget', { ids: ['nothing like an id'] }, /id such as/],
          ['no_such_tool', {}, /not found/],
        ] as const) {
          const answer = await agent.call(tool, input);
          assert.ok(answer.failed, tool);
          assert.match(answer.text, expected, tool);
        }
      });
    });
  }

  describe('[M8] who is let in', () => {
    it('nobody without a token, or with a wrong one', async () => {
      for (const secret of [null, 'x', 'a'.repeat(43), `${token}x`]) {
        const { status, text, headers } = await raw({ secret });
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
        const { status, text } = await raw({ headers });
        assert.deepEqual([status, JSON.parse(text).code], [403, 'forbidden']);
      }
    });

    it('no browser that logged in with a code', async () => {
      const { url } = await t.api.auth.code({});
      const session = await t.api.auth.exchange({ code: new URL(url).hash.replace('#code=', '') });
      const { status, text } = await raw({ secret: session.token });
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
      const mine = await raw({});
      const id = String(mine.headers['mcp-session-id']);
      const { token: other } = await t.api.agents.add({ name: 'other' });
      const ask = { jsonrpc: '2.0', id: 2, method: 'tools/list' };
      const headers = { 'mcp-session-id': id, 'mcp-protocol-version': LATEST_PROTOCOL_VERSION };
      assert.equal((await raw({ headers, body: ask })).status, 200);
      for (const method of ['POST', 'GET', 'DELETE'])
        assert.equal((await raw({ method, headers, body: ask, secret: other })).status, 404, method);
      assert.equal((await raw({ headers, body: [ask, ask] })).status, 400, 'a batch');
      const narrowed = { ...headers, 'x-progeny-folder': encodeURIComponent(workspace) };
      assert.equal((await raw({ headers: narrowed, body: ask })).status, 404);
      assert.equal((await raw({ headers, body: ask })).status, 200);
      assert.equal((await raw({ method: 'DELETE', headers })).status, 200);
      assert.equal((await raw({ headers, body: ask })).status, 404);
    });

    it('what is no message of the protocol is refused in words, what is too large unread', async () => {
      for (const [body, status] of [
        ['{', 400],
        ['[]', 400],
        [[GREETING], 400],
        [{ jsonrpc: '2.0', id: 1, method: 'tools/list' }, 400],
        [{ ...GREETING, params: { clientInfo: { name: 'x'.repeat(2_000_000), version: '1' } } }, 413],
      ] as const)
        assert.equal((await raw({ body })).status, status, JSON.stringify(body).slice(0, 60));
      assert.equal((await raw({ method: 'PUT' })).status, 404);
      assert.equal((await raw({ headers: { 'x-progeny-folder': '%' } })).status, 400);
      assert.equal((await raw({ headers: { 'mcp-session-id': 'nothing' } })).status, 404);
    });

    it('a runaway agent is told to wait', async () => {
      await t.api.settings.update({ gateway: { rateFactor: 0.05 } });
      try {
        const { token: hasty } = await t.api.agents.add({ name: 'hasty' });
        const answers = await Promise.all(Array.from({ length: 40 }, () => raw({ secret: hasty })));
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
      const agent = await http(made.token);
      const listed = (await t.api.agents.list({})).find(({ name }) => name === 'claude-code');
      assert.deepEqual(Object.keys(listed ?? {}).sort(), ['actor', 'createdAt', 'name', 'usedAt']);
      assert.ok((listed?.usedAt ?? 0) > 0);
      for (const file of readdirSync(t.data).filter((name) => name.startsWith('hub.db')))
        assert.equal(readFileSync(path.join(t.data, file)).includes(made.token), false, file);
      const mine = await raw({ secret: made.token });
      const headers = {
        'mcp-session-id': String(mine.headers['mcp-session-id']),
        'mcp-protocol-version': LATEST_PROTOCOL_VERSION,
      };
      const listening = raw({ method: 'GET', headers, secret: made.token });
      assert.equal(await Promise.race([listening, delay(200, 'it is open')]), 'it is open');
      await t.api.agents.remove({ name: 'claude-code' });
      assert.equal((await listening).status, 200);
      await assert.rejects(t.api.agents.remove({ name: 'claude-code' }), { code: 'not_found' });
      await assert.rejects(agent.call('recent'), /401|unauthorized/);
      await assert.rejects(http(made.token));
    });
  });

  describe('[M8] what never passes', () => {
    it('whispers, decisions and threads of a private loop, also of one that became private later', async () => {
      const loop = await t.api.loops.open({ workspace, title: 'Secret canary-loop' });
      await t.api.whispers.add({ workspace, text: 'canary-whisper of the tiller', loopId: loop.id });
      await t.api.decisions.add({
        workspace,
        question: 'canary-question tiller?',
        decision: 'yes',
        loopId: loop.id,
      });
      const agent = await http();
      const everything = async () => {
        const answers = [
          await agent.call('recall', { query: 'canary-whisper canary-question tiller', limit: 30 }),
          await agent.call('recent', { limit: 50 }),
          await agent.call('open_loops', { limit: 50 }),
        ];
        return answers.map(({ whole }) => whole).join();
      };
      assert.match(await everything(), /canary-whisper[\s\S]*canary-loop/);
      await t.api.loops.update({ id: loop.id, private: true });
      assert.doesNotMatch(await everything(), /canary-/);
      await t.api.whispers.add({ workspace, text: 'canary-later', loopId: loop.id });
      await t.api.memories.remember({ workspace, content: 'canary-memory tiller', private: true });
      await t.api.memories.remember({ content: 'canary-nowhere tiller' });
      assert.doesNotMatch(await everything(), /canary-/);
      // What says the same as a private record is a record of its own.
      const said = await agent.call('remember', { content: 'Canary-Memory tiller.' });
      const { record } = await t.api.memories.trace({ id: String(said.data.id) });
      assert.deepEqual([record.private, record.writtenBy], [false, 'agent']);
    });

    it('a fact of an agent ends no fact of a person', async () => {
      const own = await t.api.memories.remember({
        workspace,
        kind: 'fact',
        content: 'We use Redis for the queue',
      });
      const agent = await http();
      await agent.call('remember', { kind: 'fact', content: 'We moved from Redis to SQLite for the queue' });
      assert.equal((await t.api.memories.trace({ id: own.id })).record.validTo, null);
    });

    it('a folder that is not open, and one that is confidential, through either door', async () => {
      const other = path.join(repository.folder, 'other');
      mkdirSync(other);
      const { path: closed } = await t.api.workspaces.open({ path: other });
      await t.api.memories.remember({ workspace: closed, content: 'canary-closed tiller' });
      const agent = await http();
      for (const tool of ['recall', 'recent', 'open_loops'])
        assert.doesNotMatch((await agent.call(tool, { query: 'canary tiller' })).whole, /canary-closed/);
      const named = await agent.call('recall', { query: 'tiller', workspace: closed });
      assert.deepEqual(
        [named.failed, named.text.replaceAll(closed, 'DIR')],
        [
          true,
          (await agent.call('recall', { query: 'x', workspace: '/nowhere' })).text.replaceAll(
            '/nowhere',
            'DIR',
          ),
        ],
      );
      // An agent's token may not borrow the folder of the user's own client.
      const borrowed = await http(token, { 'x-progeny-folder': encodeURIComponent(closed) });
      assert.match((await borrowed.call('recent')).text, /^forbidden/);

      const own = await stdio(closed);
      assert.match((await own.call('recall', { query: 'tiller' })).text, /canary-closed/);
      assert.doesNotMatch((await own.call('recent', { limit: 50 })).whole, /borrowed from Bo/);
      assert.ok((await own.call('recent', { workspace })).failed);
      await t.api.workspaces.doors({ path: closed, mcp: true });
      assert.match((await agent.call('recent', { workspace: closed })).text, /canary-closed/);
      // Several are open now: what is written must say where it belongs.
      assert.match(
        (await agent.call('remember', { content: 'x' })).text,
        /bad_input: workspace: expected one/,
      );
      assert.deepEqual(await t.api.workspaces.doors({ path: closed, confidential: true }), {
        mcp: false,
        confidential: true,
      });
      await assert.rejects(t.api.workspaces.doors({ path: closed, mcp: true }), { code: 'conflict' });
      for (const each of [own, agent]) {
        for (const tool of ['recall', 'recent', 'open_loops', 'remember', 'decide', 'forget']) {
          const input = { query: 'tiller', content: 'x', question: 'x', decision: 'x', workspace: closed };
          const answer = await each.call(tool, input);
          assert.ok(answer.failed, tool);
          assert.doesNotMatch(answer.whole, /canary-closed/);
        }
      }
      assert.match((await own.call('recent')).text, /confidential/);
    });

    it('what the editor’s own agent sees ends when the folder is closed', async () => {
      const agent = await connectAgent(overStdio(t.data, workspace, ['--if-open']));
      agents.push(agent);
      assert.match((await agent.call('recall', { query: 'tiller' })).text, /borrowed from Bo/);
      await t.api.workspaces.doors({ path: workspace, mcp: false });
      assert.match((await agent.call('recall', { query: 'tiller' })).text, /^forbidden: /);
      assert.match((await agent.call('open_loops')).text, /^forbidden: /);
      await t.api.workspaces.doors({ path: workspace, mcp: true });
      assert.equal((await agent.call('recent')).failed, false);
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

  describe('[M8] forgetting', () => {
    it('is announced, can be refused, and is answered once', async () => {
      const agent = await http();
      const { last } = await t.api.events.list({ since: 0 });
      const asked = await agent.call('forget', { query: 'borrowed from Bo', workspace });
      const id = String(asked.data.request);
      const { events } = await t.api.events.list({ since: last });
      assert.deepEqual(
        events.map(({ type, subject, data }) => [type, subject, data]),
        [['forget.requested', id, {}]],
      );
      assert.deepEqual(await t.api.memories.answerForget({ id, allow: false }), { forgotten: null });
      await assert.rejects(t.api.memories.answerForget({ id, allow: true }), { code: 'not_found' });
      assert.match((await agent.call('recall', { query: 'tiller' })).text, /borrowed from Bo/);
      assert.equal((await t.api.events.list({ since: last })).events.at(-1)?.type, 'forget.answered');
    });

    it('has a limit of requests that wait', async () => {
      const agent = await http();
      const answers = [];
      for (let i = 0; i < 25; i++) answers.push(await agent.call('forget', { query: `w${i}`, workspace }));
      assert.match(answers.at(-1)?.text ?? '', /^rate_limited: 20 such requests wait/);
      for (const { id } of await t.api.memories.forgetRequests({}))
        await t.api.memories.answerForget({ id, allow: false });
    });
  });

  describe('[M8] over stdio', () => {
    it('a companion that is gone is started again by the next question, and the agent notices nothing', async () => {
      using folder = temporaryFolder();
      const data = path.join(folder.path, 'data');
      const agent = await connectAgent(overStdio(data, workspace));
      try {
        await agent.call('remember', { content: 'The oars are ash' });
        const before = await readDiscovery(data);
        process.kill(before?.pid ?? 0, 'SIGKILL');
        await eventually(async () => (await readDiscovery(data)) === null);
        const found = await agent.call('recall', { query: 'oars' });
        assert.match(found.text, /The oars are ash/);
        assert.notEqual((await readDiscovery(data))?.pid, before?.pid);
      } finally {
        const last = await readDiscovery(data);
        await agent.close();
        if (last) process.kill(last.pid, 'SIGTERM');
        await eventually(async () => (await readDiscovery(data)) === null);
      }
    });

    it('nothing but the protocol is written to stdout', async () => {
      const child = spawn(process.execPath, ['companion/cli/progeny.ts', 'mcp', '--workspace', workspace], {
        env: { ...process.env, PROGENY_DATA_DIR: t.data },
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      let out = '';
      child.stdout.setEncoding('utf8').on('data', (text) => {
        out += text;
      });
      child.stdin.write(`${JSON.stringify(GREETING)}\nthis is no JSON\n`);
      child.stdin.write('{"jsonrpc":"2.0","method":"notifications/initialized"}\n');
      child.stdin.end('{"jsonrpc":"2.0","id":2,"method":"tools/list"}\n');
      const code = await new Promise((resolve) => child.once('exit', resolve));
      const messages = out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as { id: number; jsonrpc: string });
      assert.deepEqual(
        messages.map(({ id, jsonrpc }) => [id, jsonrpc]),
        [
          [1, '2.0'],
          [2, '2.0'],
        ],
      );
      assert.equal(code, 0);
    });
  });

  describe('[M8] from outside', () => {
    it('agents over HTTP find the companion where they were told after it was started again', async () => {
      using folder = temporaryFolder();
      const dataDirectory = path.join(folder.path, 'data');
      let port = 0;
      let secret = '';
      {
        await using first = await testCompanion({ dataDirectory });
        port = first.discovery.port;
        secret = (await first.api.agents.add({ name: 'steady' })).token;
      }
      await using second = await testCompanion({ dataDirectory });
      assert.equal(second.discovery.port, port);
      const agent = await connectAgent(overHttp(port, secret));
      assert.match((await agent.call('recent')).text, /progeny mcp open/);
      await agent.close();
    });

    it('the command line opens, closes, and gives and takes tokens', async () => {
      const { mcp } = mcpCommands;
      const run = async (...words: string[]) => {
        let said: unknown;
        const result = (value: unknown, text: () => string) => {
          assert.ok(text().length > 10);
          said = value;
        };
        const output = { json: true, result, progress() {}, note() {} };
        await mcp?.run(readArguments(words, mcp.options ?? {}), output, t.api);
        return said as Record<string, unknown>;
      };
      assert.deepEqual(await run('close', workspace), { path: workspace, mcp: false, confidential: false });
      assert.deepEqual(await run('confidential', workspace), {
        path: workspace,
        mcp: false,
        confidential: true,
      });
      await assert.rejects(run('open', workspace), { code: 'conflict' });
      assert.equal((await run('confidential', workspace, '--off')).confidential, false);
      assert.equal((await run('open', workspace)).mcp, true);
      const made = await run('token', 'from-terminal', '--actor', 'ana');
      assert.deepEqual([made.name, made.actor, String(made.token).length], ['from-terminal', 'ana', 43]);
      const listed = (await run('tokens')) as unknown as { name: string }[];
      assert.ok(listed.some(({ name }) => name === 'from-terminal'));
      assert.equal((await run('revoke', 'from-terminal')).revoked, true);
      for (const words of [['token'], ['dance'], ['open', 'a', 'b']])
        await assert.rejects(run(...words), { name: 'UsageError' });
    });
  });
});
