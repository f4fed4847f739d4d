import { mkdirSync } from 'node:fs';
import { chmod, rm } from 'node:fs/promises';
import { type Discovery, discoveryFile, readDiscovery } from '../client/node.ts';
import { writeFileAtomic } from '../kernel/node.ts';

/** Tells this user's clients, and nobody else, where the companion listens. */
export async function publishDiscovery(dataDirectory: string, found: Discovery): Promise<void> {
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
  await chmod(dataDirectory, 0o700);
  await writeFileAtomic(discoveryFile(dataDirectory), `${JSON.stringify(found, null, 2)}\n`, { mode: 0o600 });
}

/** Removes our own discovery file; one of a companion that came after us stays. */
export async function withdrawDiscovery(dataDirectory: string, instance: string): Promise<void> {
  if ((await readDiscovery(dataDirectory))?.instance === instance)
    await rm(discoveryFile(dataDirectory), { force: true });
}
