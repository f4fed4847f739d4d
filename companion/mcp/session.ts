// What costs time to load: the SDK with its validators. Loaded when the first agent greets.
import { randomUUID } from 'node:crypto';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { type AgentServerOptions, createAgentServer } from './server.ts';

export interface SessionOptions extends AgentServerOptions {
  /** It has an id now. */
  onBegun(id: string): void;
  /** Its client ended it. */
  onEnded(id: string): void;
}

/** One session of one agent, with a server of its own: what is asked over HTTP reaches the tools. */
export async function openSession({ onBegun, onEnded, ...options }: SessionOptions) {
  const server = createAgentServer(options);
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    // The answer is the body of its request: nothing is left open that could be lost.
    enableJsonResponse: true,
    onsessioninitialized: onBegun,
    onsessionclosed: onEnded,
  });
  await server.connect(transport as Transport);
  return {
    answer: transport.handleRequest.bind(transport),
    close: () => server.close(),
  };
}

export type OpenSession = Awaited<ReturnType<typeof openSession>>;
