import { lstatSync, type Stats } from 'node:fs';
import { type Facts, factsOf } from './facts.ts';
import { bytesOf, type RawPath } from './snapshot.ts';

const CHUNK = 2048;
const pause = () => new Promise<void>((resolve) => setImmediate(resolve));

/** What stands at each of many paths, what is gone left out; every now and then others have their turn. */
export async function standingAt(
  root: string,
  files: Iterable<RawPath>,
  signal?: AbortSignal,
): Promise<Map<RawPath, Stats>> {
  const found = new Map<RawPath, Stats>();
  let seen = 0;
  for (const file of files) {
    if (seen++ % CHUNK === 0) {
      signal?.throwIfAborted();
      await pause();
    }
    const facts = standing(absolute(root, file));
    if (facts) found.set(file, facts);
  }
  return found;
}

/** What stands there, the link itself where it is one; null for nothing, or nothing that can be reached. */
export function standing(at: Buffer): Stats | null {
  try {
    return lstatSync(at);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}

/** Where a path of a work tree lies, as the file system takes it. */
export function absolute(root: string, path: RawPath): Buffer {
  const top = Buffer.from(root, 'utf8');
  return path === '' ? top : Buffer.concat([top, Buffer.from('/'), bytesOf(path)]);
}

/** By what each of many paths is known to be the same. */
export async function factsAt(
  root: string,
  files: Iterable<RawPath>,
  stamp: number,
  signal?: AbortSignal,
): Promise<Map<RawPath, Facts>> {
  const found = await standingAt(root, files, signal);
  return new Map([...found].map(([file, stats]) => [file, factsOf(stats, stamp)]));
}
