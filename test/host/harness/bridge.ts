import { readdirSync, rmSync, statSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

/** The test-only extension that answers in the extension host; every started host carries it. */
export const bridgeExtension = path.join(import.meta.dirname, 'bridge-extension');
export const bridgeId = 'progeny-test.host-bridge-0.0.1';

interface BridgeHost {
  /** Where each extension host's bridge has its socket. */
  readonly bridgeFolder: string;
}

type VSCode = typeof import('vscode');

export interface Bridge extends AsyncDisposable {
  /** Which extension host this is: the socket that it listens on. */
  readonly socketFile: string;
  /**
   * Runs `fn` in the extension host with the real `vscode`; what it returns comes back as JSON. Only its text
   * travels: it sees its arguments, `vscode` and Node's globals (`process.getBuiltinModule`), nothing around it.
   */
  run<A extends readonly unknown[], T>(
    fn: (vscode: VSCode, ...args: A) => T | Promise<T>,
    ...args: A
  ): Promise<T>;
  /** Writes the extension host's coverage now, where the server runs with NODE_V8_COVERAGE. */
  takeCoverage(): Promise<void>;
}

interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

export interface BridgeOptions {
  /** Extension hosts already connected to, where several windows are open. */
  readonly besides?: readonly Bridge[];
  /** Default 30 s. */
  readonly limitMs?: number;
}

/** Connects to the extension host that started last; a reload of its page ends the connection. */
export async function connectBridge(host: BridgeHost, options: BridgeOptions = {}): Promise<Bridge> {
  const { socket, file } = await connectToNewest(host, options);
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  let last = 0;
  createInterface({ input: socket }).on('line', (line) => {
    const { id, value, error } = JSON.parse(line) as Answer;
    const call = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) call?.resolve(value as never);
    else call?.reject(new Error(`in the extension host: ${error}`));
  });
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  void closed.then(() => {
    for (const { reject } of waiting.values()) reject(new Error('the extension host closed the bridge'));
    waiting.clear();
  });
  socket.on('error', () => socket.destroy());

  const run: Bridge['run'] = (fn, ...args) =>
    new Promise((resolve, reject) => {
      if (socket.destroyed) throw new Error('the bridge is closed');
      last += 1;
      waiting.set(last, { resolve, reject });
      socket.write(`${JSON.stringify({ id: last, source: fn.toString(), args })}\n`);
    });
  return {
    socketFile: file,
    run,
    takeCoverage: () =>
      run(() => {
        if (process.env.NODE_V8_COVERAGE) process.getBuiltinModule('node:v8').takeCoverage();
      }),
    [Symbol.asyncDispose]: () => {
      socket.destroy();
      return closed;
    },
  };
}

/** Forgets the extension hosts of pages that are about to be reloaded or closed. */
export function forgetBridges(host: BridgeHost): void {
  for (const file of socketFiles(host)) rmSync(file, { force: true });
}

async function connectToNewest(
  host: BridgeHost,
  { besides = [], limitMs = 30_000 }: BridgeOptions,
): Promise<{ readonly socket: Socket; readonly file: string }> {
  const known = new Set(besides.map(({ socketFile }) => socketFile));
  const deadline = Date.now() + limitMs;
  let problem = 'none has started';
  for (; Date.now() < deadline; await delay(100)) {
    const file = socketFiles(host).find((candidate) => !known.has(candidate));
    if (!file) continue;
    const attempt = await tryConnect(file);
    if (!(attempt instanceof Error)) return { socket: attempt, file };
    problem = attempt.message;
  }
  throw new Error(`no extension host to bridge to within ${limitMs} ms: ${problem}`);
}

function tryConnect(file: string): Promise<Socket | Error> {
  return new Promise((resolve) => {
    const socket = connect(file, () => resolve(socket));
    socket.once('error', resolve);
  });
}

/** Newest first. */
function socketFiles({ bridgeFolder: folder }: BridgeHost): readonly string[] {
  const files = readdirSync(folder).map((name) => path.join(folder, name));
  const born = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return files.sort((a, b) => born(b) - born(a));
}
