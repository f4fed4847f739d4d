import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { systemRandom } from './random.ts';

/**
 * Replaces a file so that a reader, or a crash at any moment, sees the old text or the new, never a part.
 * The bytes are on disk when it resolves; text that comes in pieces is written piece by piece. `mode` applies to the new file.
 */
export async function writeFileAtomic(
  file: string,
  text: string | Uint8Array | Iterable<string>,
  options: { mode?: number } = {},
): Promise<void> {
  const directory = path.dirname(file);
  await mkdir(directory, { recursive: true });
  const nonce = Math.floor(systemRandom.next() * 2 ** 32).toString(36);
  const temporary = path.join(directory, `.${path.basename(file)}.${process.pid}.${nonce}.tmp`);
  try {
    const handle = await open(temporary, 'wx', options.mode ?? 0o666);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
    await syncDirectory(directory);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Makes a rename durable. Windows cannot open a directory; there the rename itself is journalled. */
async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
