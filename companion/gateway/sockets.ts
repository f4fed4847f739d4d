import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { StandardRPCHandler } from '@orpc/server/standard';
import { createServerPeerHandleRequestFn } from '@orpc/server/standard-peer';
import { ServerPeer } from '@orpc/standard-server-peer';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Clock, newId, type Random } from '../kernel/index.ts';
import { WIRE_ERRORS } from '../protocol/index.ts';
import type { Caller } from './caller.ts';
import { Connection } from './connection.ts';
import type { Grant } from './sessions.ts';
import { errorBody } from './wire-error.ts';

const PING_MS = 30_000;
/** RFC 6455: the data of a message was not what its type promised. */
const INVALID_DATA = 1007;
const GOING_AWAY = 1001;

export interface SocketOptions {
  handler: StandardRPCHandler<Caller>;
  maxBytes: number;
  clock: Clock;
  random: Random;
  onChange(): void;
}

/** The socket door: frames in, frames out, one `Connection` each. */
export class Sockets {
  readonly #options: SocketOptions;
  readonly #server: WebSocketServer;
  readonly #open = new Map<WebSocket, Connection>();
  readonly #alive = new WeakSet<WebSocket>();
  readonly #pinging;

  constructor(options: SocketOptions) {
    this.#options = options;
    this.#server = new WebSocketServer({
      noServer: true,
      maxPayload: options.maxBytes,
      handleProtocols: (offered) => (offered.has('progeny.v1') ? 'progeny.v1' : false),
    });
    this.#pinging = options.clock.every(PING_MS, () => this.#ping());
  }

  get connections(): Connection[] {
    return [...this.#open.values()];
  }

  accept(request: IncomingMessage, socket: Duplex, head: Buffer, grant: Grant): void {
    this.#server.handleUpgrade(request, socket, head, (ws) => this.#serve(ws, grant));
  }

  close(): void {
    this.#pinging.dispose();
    for (const ws of this.#open.keys()) {
      ws.close(GOING_AWAY, 'the companion is stopping');
      ws.terminate();
    }
    this.#server.close();
  }

  #serve(ws: WebSocket, grant: Grant): void {
    const { handler, clock, random, onChange } = this.#options;
    const connection = new Connection(newId('conn', clock.now(), random));
    this.#open.set(ws, connection);
    this.#alive.add(ws);
    // Resolving only when a frame has left makes a slow client slow down its own streams, at no cost of memory.
    const peer = new ServerPeer(
      (frame) =>
        new Promise<void>((resolve) => {
          ws.send(frame, () => resolve());
        }),
    );
    let calls = 0;
    ws.on('pong', () => this.#alive.add(ws));
    // Too large or malformed at the level of the protocol: ws closes with the fitting code itself.
    ws.on('error', () => {});
    ws.on('close', () => {
      this.#open.delete(ws);
      connection.close();
      peer.close();
      onChange();
    });
    ws.on('message', (data: Buffer, binary) => {
      const text = binary ? null : data.toString('utf8');
      if (text === null || !isFrame(text)) return refuse(ws);
      const caller: Caller = {
        permissions: grant.permissions,
        account: connection.id,
        actor: grant.actor,
        connection,
        requestId: `${connection.id}.${++calls}`,
      };
      const handle = createServerPeerHandleRequestFn(handler, { context: caller });
      void peer
        .message(text, async (request) => {
          const response = await handle(request);
          return response.body === 'No procedure matched' ? unknownProcedure(request.url.pathname) : response;
        })
        .catch(() => refuse(ws));
    });
  }

  #ping(): void {
    for (const ws of this.#open.keys()) {
      if (!this.#alive.has(ws)) ws.terminate();
      this.#alive.delete(ws);
      ws.ping();
    }
  }
}

function refuse(ws: WebSocket): void {
  ws.close(INVALID_DATA, JSON.stringify({ code: 'bad_frame', message: WIRE_ERRORS.bad_frame.meaning }));
}

/** A frame is `{i: id, t?: type, p: payload}`; a request's payload names a procedure by its path. */
function isFrame(text: string): boolean {
  try {
    const frame = JSON.parse(text);
    if (
      typeof frame !== 'object' ||
      frame === null ||
      (typeof frame.i !== 'string' && typeof frame.i !== 'number')
    )
      return false;
    const isRequest = frame.t === undefined || frame.t === 1;
    return !isRequest || (typeof frame.p?.u === 'string' && frame.p.u.startsWith('/'));
  } catch {
    return false;
  }
}

function unknownProcedure(path: string) {
  const message = `There is no procedure "${path.slice(1, 200).replaceAll('/', '.')}".`;
  const json = { defined: true, status: 404, ...errorBody('not_found', message, {}), data: {} };
  return { status: 404, headers: {}, body: { json } };
}
