// The stdio door, for a program that an agent starts: it carries messages to the companion, which decides everything.
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { Principal } from './agent-door.ts';
import { Bridge } from './bridge.ts';
import { DOOR_HEADER, FOLDER_HEADER } from './http-door.ts';

/** Where a companion listens, and the owner's token. */
export interface Address {
  readonly port: number;
  readonly token: string;
}

/** What a session over stdio is for. */
export type Seat = Pick<Principal, 'door'> & { readonly folder: string };

/** Serves an agent on stdin and stdout, for one folder, until it goes. `find` finds the companion, or starts it. */
export async function serveStdio(seat: Seat, find: () => Promise<Address>): Promise<void> {
  const agent = new StdioServerTransport();
  // The transport ends with an error, not with the end of its input.
  process.stdin.once('end', () => void agent.close());
  const bridge = new Bridge({ agent, dial: async () => dial(await find(), seat) });
  await bridge.run();
}

function dial({ port, token }: Address, { folder, door }: Seat): Transport {
  const headers = {
    authorization: `Bearer ${token}`,
    [FOLDER_HEADER]: encodeURIComponent(folder),
    [DOOR_HEADER]: door,
  };
  const url = new URL(`http://127.0.0.1:${port}/mcp`);
  return new Session(url, { requestInit: { headers } }) as Transport;
}

/** Tells the companion when it ends. */
class Session extends StreamableHTTPClientTransport {
  override async close(): Promise<void> {
    await this.terminateSession().catch(() => {});
    await super.close();
  }
}
