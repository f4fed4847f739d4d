import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { SocketLike } from './api.ts';
import { type Discovery, readDiscovery } from './discovery.ts';

/** How to start a companion where none runs. */
export interface Launch {
  /** The runtime: VS Code's own (`process.execPath`) in the extension, Node elsewhere. */
  execPath: string;
  /** The companion's script. */
  script: string;
  args?: readonly string[];
  env?: NodeJS.ProcessEnv;
}

const START_LIMIT_MS = 15_000;

/** A healthy companion of this user: the running one, or one started now. Safe to call from many windows at once. */
export async function ensureCompanion(dataDirectory: string, launch: Launch): Promise<Discovery> {
  const running = await findCompanion(dataDirectory);
  if (running) return running;
  // Of several started at once one takes the lock; the others see it, and leave.
  const child = spawn(launch.execPath, [launch.script, ...(launch.args ?? [])], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    windowsHide: true,
    env: { ...process.env, ...launch.env, PROGENY_DATA_DIR: dataDirectory, ELECTRON_RUN_AS_NODE: '1' },
  });
  let failure: string | null = null;
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-2000);
  });
  child.on('error', (error) => {
    failure = error.message;
  });
  child.on('exit', (code) => {
    if (code !== 0) failure = complaint.trim() || `it ended with code ${code}`;
  });
  try {
    const end = performance.now() + START_LIMIT_MS;
    for (let wait = 10; performance.now() < end; wait = Math.min(wait * 1.5, 100)) {
      await delay(wait);
      const found = await findCompanion(dataDirectory);
      if (found) return found;
      if (failure) throw new Error(`The companion could not be started: ${failure}`);
    }
    throw new Error(`The companion did not answer within ${START_LIMIT_MS / 1000} s. ${complaint}`.trim());
  } finally {
    child.stderr.destroy();
    child.unref();
  }
}

/** The running companion of this user, or null. A discovery file whose port does not answer does not count. */
export async function findCompanion(dataDirectory: string): Promise<Discovery | null> {
  const found = await readDiscovery(dataDirectory);
  return found && (await answers(found.port)) ? found : null;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: 1000 });
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => settle(true));
    socket.once('timeout', () => settle(false));
    socket.once('error', () => settle(false));
  });
}

/** Opens the contract's socket; resolves when it is open. */
export function openSocket({ port, token }: Pick<Discovery, 'port' | 'token'>): Promise<SocketLike> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/v1/socket`, ['progeny.v1', `token.${token}`]);
    socket.once('open', () => resolve(socket as unknown as SocketLike));
    socket.once('unexpected-response', (_request, response) => {
      reject(new Error(`The companion refused the connection (${response.statusCode}).`));
      socket.terminate();
    });
    socket.once('error', reject);
  });
}
