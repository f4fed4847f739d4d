import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { SmartCoercionPlugin } from '@orpc/json-schema';
import { OpenAPIHandler } from '@orpc/openapi/node';
import { ORPCError, type Router } from '@orpc/server';
import { BodyLimitPlugin } from '@orpc/server/node';
import { StandardRPCHandler } from '@orpc/server/standard';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { type Clock, type Logger, newId, type Random } from '../kernel/index.ts';
import {
  type Capability,
  type Contract,
  type ProcedureMeta,
  ProgenyError,
  type Settings,
  WIRE_ERRORS,
} from '../protocol/index.ts';
import { assertLocal, tokenOf } from './admission.ts';
import { type Caller, NO_PERMISSIONS } from './caller.ts';
import type { Connection } from './connection.ts';
import { assertAdmitted } from './guard.ts';
import { type Mount, readJson } from './mount.ts';
import { openApiDocument } from './openapi.ts';
import { send, servePage, type WebUi } from './pages.ts';
import { RateLimiter } from './rate-limit.ts';
import type { Sessions } from './sessions.ts';
import { Sockets } from './sockets.ts';
import { errorBody, toWireError } from './wire-error.ts';

export interface GatewayOptions {
  router: Router<Contract, Caller>;
  sessions: Sessions;
  settings: () => Settings['gateway'];
  ui: WebUi | null;
  /** Whether the service can do its work, for `/readyz`. */
  ready(): boolean;
  clock: Clock;
  random: Random;
  logger: Logger;
  /** Doors of another kind, each under a path of its own. */
  mounts?: readonly Mount[];
  /** A client came, went, or said who it is. */
  onClients(): void;
}

/**
 * The doors of the companion: RPC over a WebSocket, REST with OpenAPI, health, and the web UI; all on one
 * loopback port. It knows frames, tokens and the contract, and nothing of what the procedures do.
 */
export class Gateway {
  readonly #options: GatewayOptions;
  readonly #server: Server;
  readonly #rest: OpenAPIHandler<Caller>;
  readonly #sockets: Sockets;
  readonly #limiter: RateLimiter;

  constructor(options: GatewayOptions) {
    this.#options = options;
    const { router, clock, random, logger, settings } = options;
    const limiter = new RateLimiter(clock, () => settings().rateFactor);
    this.#limiter = limiter;
    // Whatever fails before a call is admitted failed while its input was read.
    const admitted = new WeakSet<Caller>();
    const common = {
      interceptors: [
        async ({ next, context }: { next(): Promise<unknown>; context: Caller }) => {
          try {
            return await next();
          } catch (error) {
            const unreadable =
              !admitted.has(context) && !(error instanceof ProgenyError) && !(error instanceof ORPCError);
            throw toWireError(unreadable ? new ORPCError('BAD_REQUEST') : error, context.requestId, logger);
          }
        },
      ],
      clientInterceptors: [
        async (call: {
          next(): Promise<unknown>;
          context: Caller;
          path: readonly string[];
          procedure: unknown;
        }) => {
          const { meta } = (call.procedure as { '~orpc': { meta: ProcedureMeta } })['~orpc'];
          assertAdmitted(call.path, meta, call.context, limiter);
          admitted.add(call.context);
          return await call.next();
        },
      ],
    };
    const maxBytes = settings().maxBodyBytes;
    const rpc = new StandardRPCHandler<Caller>(router, common as object);
    this.#rest = new OpenAPIHandler<Caller>(router, {
      ...(common as object),
      plugins: [
        new BodyLimitPlugin({ maxBodySize: maxBytes }),
        new SmartCoercionPlugin({ schemaConverters: [new ZodToJsonSchemaConverter()] }),
      ],
      customErrorResponseBodyEncoder: (error) => errorBody(error.code, error.message, error.data),
    });
    this.#sockets = new Sockets({ handler: rpc, maxBytes, clock, random, onChange: options.onClients });
    this.#server = createServer((request, response) => void this.#answer(request, response));
    this.#server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
    this.#server.requestTimeout = 30_000;
  }

  /** Clients that have said who they are. */
  get clients(): Connection[] {
    return this.#sockets.connections.filter((connection) => connection.client !== null);
  }

  /** Clients that declared that they can do this when asked. */
  able(capability: Capability): Connection[] {
    return this.#sockets.connections.filter(({ client }) => client?.capabilities.has(capability));
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Listens on loopback. Where `port` is taken, on any free one: clients find it by the discovery file. */
  async listen(port: number): Promise<number> {
    try {
      await this.#bind(port);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || port === 0) throw error;
      this.#options.logger.warn({ port }, 'the port is taken; any free one is used');
      await this.#bind(0);
    }
    return this.port;
  }

  async close(): Promise<void> {
    this.#sockets.close();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  #bind(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { clock, random, logger } = this.#options;
    const requestId = newId('req', clock.now(), random);
    try {
      assertLocal(request.headers, this.port);
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      const mount = this.#options.mounts?.find(({ path }) => path === pathname);
      if (!mount && request.method === 'GET' && (await this.#answerPlain(pathname, response))) return;
      const grant = this.#options.sessions.grant(tokenOf(request.headers));
      const context: Caller = {
        permissions: grant?.permissions ?? NO_PERMISSIONS,
        account: grant?.account ?? 'anonymous',
        actor: grant?.actor ?? 'nobody',
        connection: null,
        requestId,
      };
      response.setHeader('x-request-id', requestId);
      if (mount) return await this.#answerMounted(mount, request, response, context);
      const { matched } = await this.#rest.handle(request, response, { context });
      if (!matched)
        throw new ProgenyError(
          'not_found',
          `There is nothing at ${request.method} ${pathname.slice(0, 200)}.`,
        );
    } catch (error) {
      const { code, message, data } = toWireError(error, requestId, logger);
      if (response.headersSent) return void response.end();
      if (code === 'unauthorized') response.setHeader('www-authenticate', 'Bearer');
      send(
        response,
        WIRE_ERRORS[code].status,
        'application/json',
        JSON.stringify(errorBody(code, message, data)),
      );
    }
  }

  async #answerMounted(
    mount: Mount,
    request: IncomingMessage,
    response: ServerResponse,
    caller: Caller,
  ): Promise<void> {
    const { path, methods, permission, rate } = mount;
    if (!methods.includes(request.method ?? ''))
      throw new ProgenyError('not_found', `${path} takes ${methods.join(', ')}; received ${request.method}.`);
    assertAdmitted([path.slice(1)], { permission, rate, errors: [] }, caller, this.#limiter);
    const body =
      request.method === 'POST' ? await readJson(request, this.#options.settings().maxBodyBytes) : undefined;
    await mount.answer(request, response, body, caller);
  }

  async #answerPlain(pathname: string, response: ServerResponse): Promise<boolean> {
    const { ready, ui } = this.#options;
    const json = (status: number, body: object) => {
      send(response, status, 'application/json', JSON.stringify(body));
      return true;
    };
    if (pathname === '/healthz') return json(200, { status: 'ok' });
    if (pathname === '/readyz') return json(ready() ? 200 : 503, { ready: ready() });
    if (pathname === '/v1/openapi.json') return json(200, await openApiDocument());
    return ui !== null && (await servePage(ui, pathname, response));
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    try {
      assertLocal(request.headers, this.port);
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      if (pathname !== '/v1/socket') throw new ProgenyError('not_found', 'The socket is at /v1/socket.');
      const grant = this.#options.sessions.grant(tokenOf(request.headers));
      if (!grant) throw new ProgenyError('unauthorized', WIRE_ERRORS.unauthorized.meaning);
      if (!grant.permissions.has('read'))
        throw new ProgenyError('forbidden', 'The token of an agent opens /mcp and nothing else.');
      this.#sockets.accept(request, socket, head, grant);
    } catch (error) {
      const { code, message, data } = toWireError(error, 'upgrade', this.#options.logger);
      const body = JSON.stringify(errorBody(code, message, data));
      const status = WIRE_ERRORS[code].status;
      socket.end(
        `HTTP/1.1 ${status} ${code}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
      );
    }
  }
}
