import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';

/** A tool's answer, as a test looks at it. */
export interface Answer {
  readonly failed: boolean;
  readonly text: string;
  readonly data: Record<string, unknown>;
  /** Everything that came, as JSON: for looking for what must not be in it. */
  readonly whole: string;
}

/** An agent: the client of the official SDK, which checks structured answers against the declared schemas. */
export interface Agent {
  readonly client: Client;
  call(tool: string, input?: Record<string, unknown>): Promise<Answer>;
  close(): Promise<void>;
}

export async function connectAgent(transport: Transport, name = 'Test Agent'): Promise<Agent> {
  const client = new Client({ name, version: '1' });
  await client.connect(transport);
  // Declared schemas are checked from here on.
  await client.listTools();
  return {
    client,
    async call(tool, input = {}) {
      const answer = await client.callTool({ name: tool, arguments: input });
      const content = answer.content as { type: string; text: string }[];
      return {
        failed: answer.isError === true,
        text: content.map(({ text }) => text).join('\n'),
        data: (answer.structuredContent ?? {}) as Record<string, unknown>,
        whole: JSON.stringify(answer),
      };
    },
    close: () => client.close(),
  };
}

export function overHttp(
  port: number,
  token: string | null,
  headers: Record<string, string> = {},
): Transport {
  const all = { ...(token !== null && { authorization: `Bearer ${token}` }), ...headers };
  const url = new URL(`http://127.0.0.1:${port}/mcp`);
  return new StreamableHTTPClientTransport(url, { requestInit: { headers: all } }) as Transport;
}

/** As an agent starts it: `progeny mcp`. */
export function overStdio(data: string, folder: string, more: readonly string[] = []): StdioClientTransport {
  return new StdioClientTransport({
    command: process.execPath,
    args: ['companion/cli/progeny.ts', 'mcp', '--workspace', folder, ...more],
    env: { ...(process.env as Record<string, string>), PROGENY_DATA_DIR: data },
    stderr: 'pipe',
  });
}
