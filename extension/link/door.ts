// The heavy half of the connection (contract, RPC, sockets), loaded only when the window connects.
import { stat } from 'node:fs/promises';
import { CompanionClient } from '../../companion/client/index.ts';
import {
  discoveryFile,
  ensureCompanion,
  findCompanion,
  openSocket,
  readDiscovery,
} from '../../companion/client/node.ts';
import type { Found } from './start-policy.ts';

export { CompanionClient, ensureCompanion, openSocket, readDiscovery };

/** Looks, starts nothing. */
export async function look(dataDirectory: string): Promise<Found> {
  if (await findCompanion(dataDirectory)) return 'running';
  if (await readDiscovery(dataDirectory)) return 'silent';
  const left = await stat(discoveryFile(dataDirectory)).catch(() => null);
  return left ? 'crashed' : 'absent';
}

/** Asks the running companion's process to end; one that speaks another contract cannot be asked otherwise. */
export async function endProcess(dataDirectory: string): Promise<void> {
  const running = await readDiscovery(dataDirectory);
  if (running) process.kill(running.pid, 'SIGTERM');
}

export type Door = typeof import('./door.ts');
