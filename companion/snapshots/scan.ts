import { lstatSync, readdirSync, type Stats } from 'node:fs';
import { bytesOf, type RawPath } from './snapshot.ts';

/** What a walk through the folders of a work tree finds. */
export interface Scan {
  /** Every folder with its permission bits; without `.git` and what is skipped. */
  readonly folders: Record<RawPath, number>;
  /** Folders that are work trees of their own. */
  readonly nested: readonly RawPath[];
}

const CHUNK = 256;
const pause = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Walks the folders below `root`, but not into those that `skip` names nor into nested work trees. */
export async function scanFolders(
  root: string,
  skip: ReadonlySet<RawPath>,
  signal?: AbortSignal,
): Promise<Scan> {
  const folders: Record<RawPath, number> = {};
  const nested: RawPath[] = [];
  const queue: RawPath[] = [''];
  let seen = 0;
  for (let folder = queue.pop(); folder !== undefined; folder = queue.pop()) {
    if (++seen % CHUNK === 0) {
      signal?.throwIfAborted();
      await pause();
    }
    let entries: { name: string; isFolder: boolean }[];
    try {
      entries = readdirSync(absolute(root, folder), { withFileTypes: true, encoding: 'buffer' }).map(
        (entry) => ({
          name: entry.name.toString('latin1'),
          isFolder: entry.isDirectory(),
        }),
      );
    } catch {
      continue;
    }
    if (folder !== '') {
      if (entries.some(({ name }) => name === '.git')) {
        nested.push(folder);
        continue;
      }
      const mode = modeOf(root, folder);
      if (mode !== null) folders[folder] = mode;
    }
    for (const { name, isFolder } of entries) {
      const below = folder === '' ? name : `${folder}/${name}`;
      if (isFolder && name !== '.git' && !skip.has(below)) queue.push(below);
    }
  }
  return { folders, nested: nested.sort() };
}

/** Permission bits of many files, those that are gone left out. */
export async function modesOf(
  root: string,
  files: readonly RawPath[],
  signal?: AbortSignal,
): Promise<Map<RawPath, number>> {
  const modes = new Map<RawPath, number>();
  for (const [i, file] of files.entries()) {
    if (i % (8 * CHUNK) === 0) {
      signal?.throwIfAborted();
      await pause();
    }
    const mode = modeOf(root, file);
    if (mode !== null) modes.set(file, mode);
  }
  return modes;
}

/** Null where nothing is, or a link. */
function modeOf(root: string, path: RawPath): number | null {
  const facts = standing(absolute(root, path));
  return facts && !facts.isSymbolicLink() ? facts.mode & 0o7777 : null;
}

/** What stands there, the link itself where it is one; null for nothing. */
export function standing(at: Buffer): Stats | null {
  try {
    return lstatSync(at);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}

/** Where a path of a work tree lies, as the file system takes it. */
export function absolute(root: string, path: RawPath): Buffer {
  const top = Buffer.from(root, 'utf8');
  return path === '' ? top : Buffer.concat([top, Buffer.from('/'), bytesOf(path)]);
}
