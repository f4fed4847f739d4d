import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/**
 * The start of a small text file, or null where there is none. Never waits on a pipe and never reads more
 * than `limit` bytes: the folder may be anybody's.
 */
export async function readSmallFile(file: string, limit = 4_096): Promise<string | null> {
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
  const handle = await open(file, flags).catch(() => null);
  if (!handle) return null;
  try {
    if (!(await handle.stat()).isFile()) return null;
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(limit), 0, limit, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } catch {
    return null;
  } finally {
    await handle.close();
  }
}

export async function readFirstLine(file: string): Promise<string | null> {
  const text = await readSmallFile(file);
  return text === null ? null : text.split('\n', 1)[0]!.trim();
}
