import { lstat } from 'node:fs/promises';
import path from 'node:path';
import type { Repository } from './repository.ts';

/** Bytes. git reads (and hashes) a changed file of the work tree whole to show what changed in it. */
export const LARGEST = 4 * 1024 * 1024;

/** Those of `paths` that are too large to be compared. */
export async function largeFiles(repository: Repository, paths: readonly string[]): Promise<string[]> {
  const large: string[] = [];
  for (const file of paths) {
    const facts = await lstat(path.join(repository.root, file)).catch(() => null);
    if (facts?.isFile() && facts.size > LARGEST) large.push(file);
  }
  return large;
}
