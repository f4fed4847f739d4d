import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Api, type ClientOptions, CompanionClient } from '../../companion/client/index.ts';
import { type Discovery, findCompanion, openSocket, readDiscovery } from '../../companion/client/node.ts';
import { type Companion, type CompanionOptions, startCompanion } from '../../companion/companion.ts';
import { silentLogger } from '../../companion/kernel/index.ts';
import { temporaryFolder } from './temporary.ts';

/** The built service where the test runner has made one, which starts faster; else the sources. */
export const companionScript = path.resolve(process.env.PROGENY_TEST_COMPANION ?? 'companion/main.ts');
/** The command line, from the same place. */
export const progenyScript = process.env.PROGENY_TEST_COMPANION
  ? path.join(path.dirname(companionScript), 'progeny.js')
  : path.resolve('companion/cli/progeny.ts');

export interface TestCompanion {
  companion: Companion;
  data: string;
  discovery: Discovery;
  client: CompanionClient;
  api: Api;
  connect(options?: Partial<ClientOptions>): Promise<CompanionClient>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A companion in this process, on a data directory of its own, and a client of it. */
export async function testCompanion(options: Partial<CompanionOptions> = {}): Promise<TestCompanion> {
  const folder = temporaryFolder();
  const data = options.dataDirectory ?? path.join(folder.path, 'data');
  const companion = await startCompanion({ logger: silentLogger, ...options, dataDirectory: data });
  const discovery = (await readDiscovery(data)) as Discovery;
  const clients: CompanionClient[] = [];
  const connect = async (clientOptions: Partial<ClientOptions> = {}) => {
    const client = new CompanionClient({
      kind: 'test',
      version: '0',
      open: () => openSocket(discovery),
      ...clientOptions,
    });
    clients.push(client);
    await client.connected(10_000);
    return client;
  };
  const client = await connect();
  return {
    companion,
    data,
    discovery,
    client,
    api: client.api,
    connect,
    async [Symbol.asyncDispose]() {
      for (const each of clients) each.dispose();
      await companion.dispose();
      folder[Symbol.dispose]();
    },
  };
}

export interface CompanionProcess {
  child: ChildProcess;
  discovery: Discovery;
  /** Everything it wrote to stderr. */
  complaints(): string;
  /** Ends it and waits until it is gone. */
  end(signal?: NodeJS.Signals): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A companion as users run it: a process of its own. */
export async function spawnCompanion(
  data: string,
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<CompanionProcess> {
  const child = spawn(process.execPath, [companionScript, 'serve', ...args], {
    env: { ...process.env, ...env, PROGENY_DATA_DIR: data },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaints = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const end = async (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal);
    await ended;
  };
  const limit = performance.now() + 20_000;
  while (performance.now() < limit && child.exitCode === null) {
    const discovery = await findCompanion(data);
    if (discovery?.pid === child.pid) {
      return {
        child,
        discovery: discovery as Discovery,
        complaints: () => complaints,
        end,
        [Symbol.asyncDispose]: () => end('SIGKILL'),
      };
    }
    await delay(15);
  }
  await end('SIGKILL');
  throw new Error(`The companion did not start: ${complaints}`);
}

/** Waits until `probe` gives something other than null, undefined or false. */
export async function eventually<T>(probe: () => T | Promise<T>, ms = 10_000): Promise<NonNullable<T>> {
  const end = performance.now() + ms;
  for (;;) {
    const found = await probe();
    if (found !== null && found !== undefined && found !== false) return found as NonNullable<T>;
    if (performance.now() > end) throw new Error(`It did not happen within ${ms} ms: ${probe}`);
    await delay(20);
  }
}
