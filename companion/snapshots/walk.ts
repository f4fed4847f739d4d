import { type Dirent, readdirSync } from 'node:fs';
import { type Facts, factsOf, unchanged } from './facts.ts';
import { absolute, standing } from './scan.ts';
import type { RawPath } from './snapshot.ts';

/** A folder as a walk found it. */
export interface WalkedFolder {
  readonly facts: Facts;
  readonly folders: readonly string[];
  /** Files and links; nothing else can be kept. */
  readonly files: readonly string[];
}

/** What a walk through the folders of a work tree finds. */
export interface Walk {
  /** All that was gone into, nested work trees among it; without `.git` and what is skipped. */
  readonly known: ReadonlyMap<RawPath, WalkedFolder>;
  /** Every folder below the root with its permission bits, without those of nested work trees. */
  readonly folders: Record<RawPath, number>;
  /** Folders that are work trees of their own. */
  readonly nested: readonly RawPath[];
  /** Files that were not there at the walk before; all of them where there was none. */
  readonly appeared: RawPath[];
  readonly newFolders: RawPath[];
}

const CHUNK = 256;
const pause = () => new Promise<void>((resolve) => setImmediate(resolve));

/**
 * Walks the folders below `root`, but not into those that `skip` names nor into nested work trees. The names in a
 * folder that is as it was at the walk before are taken from there.
 */
export async function walkFolders(
  root: string,
  options: {
    readonly skip: ReadonlySet<RawPath>;
    readonly before?: ReadonlyMap<RawPath, WalkedFolder> | undefined;
    /** The file system's time before the walk, in ms. */
    readonly stamp: number;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<Walk> {
  const { skip, before, stamp, signal } = options;
  const known = new Map<RawPath, WalkedFolder>();
  const folders: Record<RawPath, number> = {};
  const nested: RawPath[] = [];
  const appeared: RawPath[] = [];
  const newFolders: RawPath[] = [];
  const queue: RawPath[] = [''];
  let seen = 0;
  for (let folder = queue.pop(); folder !== undefined; folder = queue.pop()) {
    if (++seen % CHUNK === 0) {
      signal?.throwIfAborted();
      await pause();
    }
    const stats = standing(absolute(root, folder));
    if (!stats?.isDirectory()) continue;
    const facts = factsOf(stats, stamp);
    const last = before?.get(folder);
    const found = last && unchanged(last.facts, facts) ? last : read(root, folder, facts);
    if (!found) continue;
    known.set(folder, found);
    if (folder !== '') {
      if (found.folders.includes('.git') || found.files.includes('.git')) {
        nested.push(folder);
        continue;
      }
      folders[folder] = facts.mode & 0o7777;
    }
    const prefix = folder === '' ? '' : `${folder}/`;
    if (found !== last) {
      const had = new Set(last?.files);
      for (const name of found.files) if (!had.has(name) && name !== '.git') appeared.push(prefix + name);
    }
    for (const name of found.folders) {
      if (name === '.git' || skip.has(prefix + name)) continue;
      queue.push(prefix + name);
      if (before && !before.has(prefix + name)) newFolders.push(prefix + name);
    }
  }
  return { known, folders, nested: nested.sort(), appeared, newFolders };
}

function read(root: string, folder: RawPath, facts: Facts): WalkedFolder | null {
  let entries: Dirent<Buffer>[];
  try {
    entries = readdirSync(absolute(root, folder), { withFileTypes: true, encoding: 'buffer' });
  } catch {
    return null;
  }
  const folders: string[] = [];
  const files: string[] = [];
  for (const entry of entries) {
    if (entry.isDirectory()) folders.push(entry.name.toString('latin1'));
    else if (entry.isFile() || entry.isSymbolicLink()) files.push(entry.name.toString('latin1'));
  }
  return { facts, folders, files };
}
