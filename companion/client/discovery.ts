import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/** What a running companion leaves for its user's clients, in a file that only this user can read. */
export const discovery = z.object({
  port: z.number().int().min(1).max(65535),
  token: z.string().min(32),
  pid: z.number().int().positive(),
  instance: z.string(),
  version: z.string(),
  protocol: z.object({ min: z.number().int(), max: z.number().int() }),
  startedAt: z.number().int(),
});
export type Discovery = z.infer<typeof discovery>;

export function discoveryFile(dataDirectory: string): string {
  return path.join(dataDirectory, 'companion.json');
}

/** The discovery of a companion whose process is alive; null where there is none (or only a stale file). */
export async function readDiscovery(dataDirectory: string): Promise<Discovery | null> {
  let text: string;
  try {
    text = await readFile(discoveryFile(dataDirectory), 'utf8');
  } catch {
    return null;
  }
  try {
    const found = discovery.parse(JSON.parse(text));
    return isAlive(found.pid) ? found : null;
  } catch {
    return null;
  }
}

/** Whether there is a process of this user with that id. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    // ESRCH: it is gone. EPERM: the number now belongs to another user's process.
    return false;
  }
}
