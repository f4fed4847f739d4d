import { request } from 'node:http';
import { LATEST_PROTOCOL_VERSION } from '@modelcontextprotocol/sdk/types.js';
import { makeRepository, type TestRepository } from '../fixtures/repository.ts';
import { type Agent, connectAgent, overHttp, overStdio } from './agent.ts';
import { eventually, type TestCompanion, testCompanion } from './companion.ts';

/** The first message of the protocol, as sent by hand. */
export const GREETING = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: {
    protocolVersion: LATEST_PROTOCOL_VERSION,
    capabilities: {},
    clientInfo: { name: 'raw', version: '1' },
  },
};

interface RawRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: unknown;
  secret?: string | null;
}

interface RawAnswer {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  text: string;
}

/** A companion with a repository of one TODO, and agents at its door, which is closed at first. */
export class AgentWorld {
  readonly t: TestCompanion;
  readonly repository: TestRepository;
  /** The folder of the repository. */
  readonly workspace: string;
  /** That of an agent. */
  readonly token: string;
  readonly #agents: Agent[] = [];

  private constructor(t: TestCompanion, repository: TestRepository, workspace: string, token: string) {
    this.t = t;
    this.repository = repository;
    this.workspace = workspace;
    this.token = token;
  }

  static async make(): Promise<AgentWorld> {
    const t = await testCompanion();
    const repository = await makeRepository();
    repository.commit({ 'a.ts': '// TODO mend the tiller\n' }, { message: 'feat: a boat' });
    const workspace = (await t.api.workspaces.open({ path: repository.root })).path;
    const job = await t.api.workspaces.scan({ path: workspace });
    await eventually(async () => (await t.api.jobs.list({})).find((j) => j.id === job.id)?.status === 'done');
    const { token } = await t.api.agents.add({ name: 'tester' });
    await t.api.settings.update({ gateway: { rateFactor: 1000 } });
    return new AgentWorld(t, repository, workspace, token);
  }

  http(secret = this.token, headers: Record<string, string> = {}): Promise<Agent> {
    return this.keep(connectAgent(overHttp(this.t.discovery.port, secret, headers)));
  }

  stdio(folder = this.workspace): Promise<Agent> {
    return this.keep(connectAgent(overStdio(this.t.data, folder), 'Stdio Agent'));
  }

  /** Closes an agent together with the world. */
  async keep(connecting: Promise<Agent>): Promise<Agent> {
    const agent = await connecting;
    this.#agents.push(agent);
    return agent;
  }

  /** A raw request to the door. */
  raw({
    method = 'POST',
    headers = {},
    body = GREETING,
    secret = this.token,
  }: RawRequest): Promise<RawAnswer> {
    return new Promise((resolve, reject) => {
      const req = request(
        {
          host: '127.0.0.1',
          port: this.t.discovery.port,
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
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const agent of this.#agents) await agent.close();
    await this.t[Symbol.asyncDispose]();
    await this.repository[Symbol.asyncDispose]();
  }
}
