import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { mcpCommands } from '../../companion/cli/mcp-commands.ts';
import { readArguments } from '../../companion/cli/options.ts';
import { readDiscovery } from '../../companion/client/node.ts';
import { CLOSED_DOORS } from '../../companion/protocol/index.ts';
import { type Agent, connectAgent, overHttp, overStdio } from '../support/agent.ts';
import { AgentWorld, GREETING } from '../support/agent-world.ts';
import { eventually, type TestCompanion, testCompanion } from '../support/companion.ts';
import { temporaryFolder } from '../support/temporary.ts';

const TOOLS = [
  ...['decide', 'forget', 'open_loops', 'propose_run', 'recall', 'recent', 'remember', 'run_status'],
];

describe('agents (MCP)', () => {
  let world: AgentWorld;
  let t: TestCompanion;
  let workspace: string;

  before(async () => {
    world = await AgentWorld.make();
    ({ t, workspace } = world);
  });
  after(() => world[Symbol.asyncDispose]());

  describe('[M8] the closed door', () => {
    it('is closed until somebody opens it, and every tool says how', async () => {
      assert.deepEqual((await t.api.workspaces.list({}))[0]?.doors, CLOSED_DOORS);
      const agent = await world.http();
      for (const [tool, input] of [
        ['remember', { content: 'x' }],
        ['recall', { query: 'x' }],
        ['recent', {}],
        ['decide', { question: 'x', decision: 'y' }],
        ['open_loops', {}],
        ['forget', { query: 'x' }],
        ['propose_run', { recipe: 'x', why: 'y' }],
        ['run_status', { run: 'run_x1' }],
      ] as const) {
        const answer = await agent.call(tool, input);
        assert.ok(answer.failed, tool);
        assert.match(answer.text, /forbidden: .*progeny mcp open/, tool);
        assert.deepEqual(answer.data, {});
      }
      assert.deepEqual(await t.api.memories.recent({ kinds: ['observation'] }), []);
    });

    it('opens for one folder, at once, and for sessions that are there already', async () => {
      const agent = await world.http();
      assert.ok((await agent.call('recent')).failed);
      assert.deepEqual(await t.api.workspaces.doors({ path: workspace, mcp: true }), {
        ...CLOSED_DOORS,
        mcp: true,
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
        agent = door === 'http' ? await world.http() : await world.stdio();
      });

      it('finds eight tools, each with its schemas, its hints and a description to go by', async () => {
        const { tools } = await agent.client.listTools();
        assert.deepEqual(tools.map(({ name }) => name).sort(), TOOLS);
        for (const tool of tools) {
          assert.ok((tool.description?.length ?? 0) > 120, tool.name);
          assert.equal(tool.outputSchema?.type, 'object');
          assert.ok(tool.inputSchema.properties?.workspace ?? tool.name === 'run_status', tool.name);
          const reads = ['recall', 'recent', 'open_loops', 'run_status'].includes(tool.name);
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

  describe('[M8] forgetting', () => {
    it('is announced, can be refused, and is answered once', async () => {
      const agent = await world.http();
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
      const agent = await world.http();
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
        const output = { json: true, result, stream() {}, progress() {}, note() {} };
        await mcp?.run(readArguments(words, mcp.options ?? {}), output, t.api);
        return said as Record<string, unknown>;
      };
      assert.deepEqual(await run('close', workspace), { ...CLOSED_DOORS, path: workspace });
      assert.deepEqual(await run('confidential', workspace), {
        ...CLOSED_DOORS,
        path: workspace,
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
