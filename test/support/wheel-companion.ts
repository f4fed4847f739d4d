import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { discoveryFile } from '../../companion/client/discovery.ts';
import { CompanionClient } from '../../companion/client/index.ts';
import { openSocket } from '../../companion/client/node.ts';
import { writeFileAtomic } from '../../companion/kernel/node.ts';
import { CLOSED_DOORS, contract, PROTOCOL } from '../../companion/protocol/index.ts';
import { FakeCompanion } from '../browser/fake/companion.ts';
import { temporaryFolder } from './temporary.ts';

/** A companion that the command line finds, whose delegated work goes by a script. */
export async function wheelCompanion() {
  const folder = temporaryFolder();
  const companion = new FakeCompanion();
  const os = implement(contract);
  const handler = new RPCHandler({
    ...companion.router(),
    workspaces: {
      open: os.workspaces.open.handler(({ input }) => ({
        path: input.path,
        name: path.basename(input.path),
        kind: 'plain' as const,
        sensing: true,
        branch: null,
        openLoops: 0,
        topLoop: null,
        scannedAt: null,
        scanning: false,
        doors: CLOSED_DOORS,
      })),
    },
  });
  const http = createServer((_request, response) => response.writeHead(404).end());
  const sockets = new WebSocketServer({ server: http });
  sockets.on('connection', (socket: WebSocket) => void handler.upgrade(socket, { context: {} }));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const found = { port, token: 'x'.repeat(64), pid: process.pid, instance: 'inst_wheel' };
  const rest = { version: '0.1.0', protocol: PROTOCOL, startedAt: 1 };
  await writeFileAtomic(discoveryFile(folder.path), JSON.stringify({ ...found, ...rest }), { mode: 0o600 });
  const client = new CompanionClient({ kind: 'cli', version: '0.1.0', open: () => openSocket(found) });
  return {
    data: folder.path,
    api: await client.connected(5000),
    companion,
    wheel: companion.wheel,
    async [Symbol.asyncDispose]() {
      client.dispose();
      for (const client of sockets.clients) client.terminate();
      await new Promise((resolve) => http.close(resolve));
      folder[Symbol.dispose]();
    },
  };
}
export type WheelCompanion = Awaited<ReturnType<typeof wheelCompanion>>;
