import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { ORPCError } from '@orpc/server';
import { RPCHandler } from '@orpc/server/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { readAssets } from '../../../webviews/assets.ts';
import { contentPolicy, page } from '../../../webviews/page.ts';
import { FakeCompanion } from './companion.ts';
import type { Spoiler } from './spoil.ts';

const NONCE = 'bm9uY2U';
const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.ttf': 'font/ttf' };
export const CODE = 'right-code';
/** A right code in an address that names no folder. */
export const CODE_ALONE = 'right-code-alone';
const CODES = [CODE, CODE_ALONE];
export const TOKEN = 'right-token';

/** Serves the app and a fake companion at one origin, with the real page and its policy. */
export class FakeServer implements AsyncDisposable {
  companion = new FakeCompanion();
  /** Whether sockets are let in. */
  up = true;
  /** What becomes of every question but those about the service itself: it hangs, or is refused; null: answered. */
  mute: 'hangs' | 'refused' | null = null;
  /** Makes what the companion says hostile; null leaves it as it is. */
  spoiler: Spoiler | null = null;
  /** Whether the token is known. */
  token = TOKEN;
  readonly #files: string;
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  readonly #sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'progeny.v1' });

  constructor(files: string) {
    this.#files = files;
    this.#server.on('upgrade', (request, socket, head) => {
      const offered = request.headers['sec-websocket-protocol']?.split(', ') ?? [];
      if (!this.up || !offered.includes(`token.${this.token}`)) socket.destroy();
      else this.#sockets.handleUpgrade(request, socket, head, (ws) => this.#accept(ws));
    });
  }

  static async start(files: string): Promise<FakeServer> {
    const server = new FakeServer(files);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The companion goes away; the page stays. */
  drop(): void {
    this.up = false;
    for (const socket of this.#sockets.clients) socket.terminate();
  }

  /** A new companion and a known token, for the next test. */
  reset(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.companion = new FakeCompanion();
    this.up = true;
    this.token = TOKEN;
    this.spoiler = null;
    this.mute = null;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.drop();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #accept(ws: WebSocket): void {
    const handler = new RPCHandler(this.companion.router(), {
      clientInterceptors: [
        async ({ next, path: name, procedure, signal }) => {
          if (this.mute !== null && name[0] !== 'system' && name[0] !== 'events') {
            if (this.mute === 'refused')
              throw new ORPCError('internal', { message: 'It broke.', defined: true });
            await new Promise((_, reject) => signal?.addEventListener('abort', reject));
          }
          const output = await next();
          const { spoiler } = this;
          if (!spoiler || name.at(-1) === 'hello') return output;
          return spoiler.answer(name.join('.'), procedure['~orpc'].outputSchema, output);
        },
      ],
    });
    void handler.upgrade(ws);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', this.origin);
    const send = (status: number, type: string, body: string | Buffer, headers = {}) =>
      response.writeHead(status, { 'content-type': type, ...headers }).end(body);
    if (pathname === '/v1/auth/exchange') {
      const { code } = JSON.parse(await bodyOf(request)) as { code: string };
      return void (CODES.includes(code)
        ? send(200, 'application/json', JSON.stringify({ token: TOKEN, expiresAt: 0 }))
        : send(401, 'application/json', '{"code":"unauthorized"}'));
    }
    if (pathname === '/v1/status') {
      const known = request.headers.authorization === `Bearer ${this.token}`;
      return void send(known ? 200 : 401, 'application/json', '{}');
    }
    if (pathname === '/' || pathname === '/webview') {
      const host = pathname === '/' ? 'browser' : 'vscode';
      const options = { nonce: NONCE, cspSource: "'self'", host, title: 'Progeny' } as const;
      const { script, styles } = readAssets(this.#files) ?? { script: 'none', styles: [] };
      const styleUris = styles.map((name) => `/ui/${name}`);
      const html = page({ ...options, scriptUri: `/ui/${script}`, styleUris });
      // The stand-in for the extension's relay opens the socket from within the page.
      const policy =
        host === 'browser' ? contentPolicy(options) : `${contentPolicy(options)}; connect-src 'self'`;
      return void send(
        200,
        'text/html',
        host === 'browser' ? html : html.replace(/<meta http-equiv.*>/, ''),
        {
          'content-security-policy': policy,
        },
      );
    }
    if (pathname === '/nothing')
      return void send(200, 'text/html', '<title>nothing</title><link rel="icon" href="data:,">');
    const file = path.join(this.#files, pathname.replace(/^\/ui\//, ''));
    const type = TYPES[path.extname(file)];
    if (!type) return void send(404, 'text/plain', '');
    send(200, type, await readFile(file));
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body;
}
