import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** What a fake server does with the next question. Each stands for something that real ones do. */
export type Behaviour =
  | {
      readonly kind: 'answer';
      readonly pieces?: readonly string[];
      readonly everyMs?: number;
      readonly firstMs?: number;
    }
  /** It accepts the question and says nothing. */
  | { readonly kind: 'hang' }
  /** It falls silent in the middle. */
  | { readonly kind: 'stall'; readonly pieces: readonly string[] }
  /** The connection breaks in the middle. */
  | { readonly kind: 'disconnect'; readonly pieces: readonly string[] }
  /** The stream ends properly, but without its end. */
  | { readonly kind: 'cut'; readonly pieces: readonly string[] }
  /** A line that is no JSON, in the middle. */
  | { readonly kind: 'malformed'; readonly pieces: readonly string[] }
  /** An error as a line of the stream. */
  | { readonly kind: 'error_in_stream'; readonly pieces: readonly string[] }
  | { readonly kind: 'status'; readonly status: number; readonly message: string };

export interface FakeModel {
  readonly name: string;
  readonly bytes?: number;
  readonly remoteHost?: string;
  readonly capabilities?: readonly string[];
}

/** A question as it came. */
export interface Asked {
  readonly at: number;
  readonly body: Record<string, unknown>;
  readonly headers: IncomingMessage['headers'];
  /** The asker went away before the answer was finished. */
  cancelledAt: number | null;
  written: number;
}

export const DEFAULT_PIECES = ['The ', 'answer ', 'is ', 'forty', '-two', '.'];

/** What both fakes have in common; the dialect is the subclass's. */
export abstract class FakeModelServer {
  models: readonly FakeModel[] = [{ name: 'small-chat', bytes: 1e9 }];
  /** Of the next questions, the first first; when none is left, `otherwise`. */
  next: Behaviour[] = [];
  otherwise: Behaviour = { kind: 'answer' };
  /** Nothing is answered at all, not even what there is. */
  frozen = false;
  readonly asked: Asked[] = [];
  /** How often it was looked at. */
  looks = 0;
  /** Generations that are under way. */
  writing = 0;
  mostWriting = 0;
  #server: Server | null = null;
  #port = 0;

  get port(): number {
    return this.#port;
  }

  get address(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Listens; after `stop`, on the same port. */
  async start(): Promise<this> {
    const server = createServer((request, response) => void this.#serve(request, response));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#server = server;
    this.#port = (server.address() as AddressInfo).port;
    return this;
  }

  /** As `kill -9`: every connection breaks, the port is closed. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (!server) return;
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  protected abstract handle(
    path: string,
    body: Record<string, unknown>,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> | void;

  protected json(response: ServerResponse, value: unknown, status = 200): void {
    response
      .writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
      .end(JSON.stringify(value));
  }

  /** Writes an answer in a dialect. */
  protected async write(
    body: Record<string, unknown>,
    request: IncomingMessage,
    response: ServerResponse,
    dialect: Dialect,
  ): Promise<void> {
    const asked: Asked = {
      at: performance.now(),
      body,
      headers: request.headers,
      cancelledAt: null,
      written: 0,
    };
    this.asked.push(asked);
    response.once('close', () => {
      if (!response.writableFinished) asked.cancelledAt = performance.now();
    });
    const behaviour = this.next.shift() ?? this.otherwise;
    if (behaviour.kind === 'hang') return;
    if (behaviour.kind === 'status')
      return this.json(response, dialect.error(behaviour.message), behaviour.status);
    this.writing++;
    this.mostWriting = Math.max(this.mostWriting, this.writing);
    try {
      const { everyMs = 0, firstMs = 0 } = behaviour.kind === 'answer' ? behaviour : {};
      await delay(firstMs);
      response.writeHead(200, { 'content-type': dialect.type });
      const wanted = schemaAnswer(dialect.schema(body)) ?? behaviour.pieces ?? DEFAULT_PIECES;
      const pieces = wanted.slice(0, dialect.budget(body));
      for (const piece of pieces) {
        if (asked.cancelledAt !== null) return;
        response.write(dialect.piece(piece));
        asked.written++;
        if (everyMs > 0) await delay(everyMs);
      }
      if (behaviour.kind === 'answer')
        response.end(dialect.end(pieces.length < wanted.length ? 'length' : 'stop', pieces.length));
      else if (behaviour.kind === 'disconnect') {
        await delay(5);
        response.destroy();
      } else if (behaviour.kind === 'cut') response.end();
      else if (behaviour.kind === 'malformed') response.end(dialect.broken('{"half": '));
      else if (behaviour.kind === 'error_in_stream')
        response.end(dialect.broken(JSON.stringify(dialect.error('out of memory'))));
    } finally {
      this.writing--;
    }
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.frozen) return;
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      return;
    }
    const text = Buffer.concat(chunks).toString('utf8');
    await this.handle(request.url ?? '', text === '' ? {} : JSON.parse(text), request, response);
  }
}

/** How a server speaks. */
export interface Dialect {
  readonly type: string;
  piece(text: string): string;
  end(finish: 'stop' | 'length', tokens: number): string;
  /** Something that is not what it should be, as a line of the stream. */
  broken(line: string): string;
  error(message: string): object;
  schema(body: Record<string, unknown>): unknown;
  budget(body: Record<string, unknown>): number;
}

/** What a model that keeps to a schema writes: the least that fits. */
function schemaAnswer(schema: unknown): readonly string[] | null {
  if (typeof schema !== 'object' || schema === null) return null;
  return [...(JSON.stringify(leastOf(schema as Shape)).match(/.{1,4}/gs) ?? [])];
}

interface Shape {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  readonly minItems?: number;
}

function leastOf(shape: Shape): unknown {
  if (shape.enum) return shape.enum[0];
  if (shape.type === 'object')
    return Object.fromEntries(
      Object.entries(shape.properties ?? {}).map(([name, of]) => [name, leastOf(of)]),
    );
  if (shape.type === 'array')
    return Array.from({ length: shape.minItems ?? 0 }, () => leastOf(shape.items ?? {}));
  return { string: 'text', number: 1, integer: 1, boolean: true }[shape.type ?? ''] ?? null;
}
