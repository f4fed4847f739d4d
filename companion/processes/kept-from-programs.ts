import { opendir, readlink, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { isDenied } from '../kernel/index.ts';

/** What stands in the folder of a program and is not like the rest of it. Relative, the platform's separators. */
export interface Apart {
  /** Repositories' own folders and files. */
  readonly repositories: readonly string[];
  /** What the deny list names: `.env*`, `*.pem`, … */
  readonly denied: readonly string[];
  /** Links of a rehearsal that lead to the same place of the folder that it stands for. */
  readonly shared: readonly string[];
}

/** Folders and files are looked through from the top, up to so many names and so many finds. */
const MOST_NAMES = 60_000;
const MOST_FINDS = 1000;

/** Looks through `root`, nearest first, but not into `node_modules` and not into what it finds. */
export async function lookApart(root: string, of?: string): Promise<Apart> {
  const repositories: string[] = [];
  const denied: string[] = [];
  const shared: string[] = [];
  const queue = [''];
  let names = 0;
  for (let folder = queue.shift(); folder !== undefined; folder = queue.shift()) {
    const entries = await opendir(path.join(root, folder)).catch(() => null);
    if (!entries) continue;
    for await (const entry of entries) {
      const found = repositories.length + denied.length;
      if (++names > MOST_NAMES || found >= MOST_FINDS) return { repositories, denied, shared };
      const below = path.join(folder, entry.name);
      if (entry.isSymbolicLink()) {
        // A link is no place to mount anything; where it leads is another matter.
        if (of !== undefined && (await isShared(root, of, below))) shared.push(below);
      } else if (entry.name.toLowerCase() === '.git') repositories.push(below);
      else if (isDenied(entry.name)) denied.push(below);
      else if (entry.isDirectory() && entry.name !== 'node_modules') queue.push(below);
    }
  }
  return { repositories, denied, shared };
}

/** A link to its own place in the folder that stands for it, where a real folder is: not another link, which could lead anywhere. */
async function isShared(root: string, of: string, below: string): Promise<boolean> {
  const place = path.join(of, below);
  if (isDenied(below) || (await readlink(path.join(root, below)).catch(() => null)) !== place) return false;
  const real = await realpath(place).catch(() => null);
  return real === place && (await stat(place)).isDirectory();
}
