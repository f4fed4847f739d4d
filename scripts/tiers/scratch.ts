// Where tests keep what lives as long as they do.
import { mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import path from 'node:path';
import { isAlive } from '../cache.ts';

const memory = '/dev/shm';
const prefix = 'progeny-tests-';
/** A whole run holds less than half of this at any moment. */
const enoughBytes = 4 * 1024 ** 3;

/**
 * Puts temporary files into memory where there is room for them: stores are written through to the disk at each commit,
 * and nothing that a test ends with is worth the wait. Left alone where TMPDIR names a place. Call before anything asks
 * for the temporary folder; it goes with this process, or with the next run when this one is killed.
 */
export function keepScratchInMemory(): void {
  if (process.platform !== 'linux' || process.env.TMPDIR || !hasRoom()) return;
  for (const name of readdirSync(memory))
    if (name.startsWith(prefix) && !isAlive(Number(name.slice(prefix.length)))) remove(name);
  const own = `${prefix}${process.pid}`;
  mkdirSync(path.join(memory, own), { mode: 0o700 });
  process.env.TMPDIR = path.join(memory, own);
  process.on('exit', () => remove(own));
}

function hasRoom(): boolean {
  try {
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize >= enoughBytes;
  } catch {
    return false;
  }
}

const remove = (name: string) => rmSync(path.join(memory, name), { recursive: true, force: true });
