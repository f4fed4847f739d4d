import { readdirSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { absolute, standing } from './scan.ts';
import { type Control, type ControlEntry, type RawPath, rawOf } from './snapshot.ts';
import type { GitFolders } from './take.ts';
import type { Vault } from './vault.ts';

/** Not part of where a repository stands: contents, and what belongs to another work tree. */
const LEFT_OUT = new Set(['objects', 'modules', 'lfs', 'worktrees', 'subtree-cache']);
/** A program is at work, or was: none of our business. */
const LOCK = /\.lock$|(?:^|\/)fsmonitor--daemon/;
const LARGEST = 256 * 1024 * 1024;

/** What stands in the git folders now, without its contents: `number/path` and where it lies. */
export function listControl(
  folders: readonly string[],
): Map<string, { at: Buffer; mode: number; link: string | null }> {
  const found = new Map<string, { at: Buffer; mode: number; link: string | null }>();
  for (const [number, top] of folders.entries()) {
    const queue: RawPath[] = [''];
    for (let folder = queue.pop(); folder !== undefined; folder = queue.pop()) {
      for (const name of namesIn(absolute(top, folder))) {
        const below = folder === '' ? name : `${folder}/${name}`;
        if ((folder === '' && LEFT_OUT.has(name)) || LOCK.test(below)) continue;
        const at = absolute(top, below);
        const facts = standing(at);
        if (facts?.isDirectory()) queue.push(below);
        else if (facts?.isSymbolicLink())
          found.set(`${number}/${below}`, {
            at,
            mode: facts.mode & 0o7777,
            link: rawOf(readlinkSync(at, 'utf8')),
          });
        else if (facts?.isFile() && facts.size <= LARGEST && !below.includes('\n'))
          found.set(`${number}/${below}`, { at, mode: facts.mode & 0o7777, link: null });
      }
    }
  }
  return found;
}

/** Keeps HEAD, refs, index, reflogs, stash, hooks and configuration, byte by byte. */
export async function keepControl(vault: Vault, { own, common }: GitFolders): Promise<Control> {
  const folders = own === common ? [common] : [own, common];
  const found = listControl(folders);
  const files = await keepEntries(vault, found);
  const oids = Object.values(files).flatMap(({ oid }) => (oid.startsWith('link:') ? [] : [oid]));
  return { folders, files, tree: await vault.bundle([...new Set(oids)]) };
}

/** The entries of what was listed, with their bytes kept. A link's entry says where it leads. */
export async function keepEntries(
  vault: Vault,
  found: ReturnType<typeof listControl>,
): Promise<Record<string, ControlEntry>> {
  const plain = [...found].filter(([, { link }]) => link === null);
  const oids = await vault.keepFiles(plain.map(([, { at }]) => at.toString('latin1')));
  const files: Record<string, ControlEntry> = {};
  for (const [i, [name, { mode }]] of plain.entries()) files[name] = { mode, oid: oids[i]! };
  for (const [name, { mode, link }] of found) if (link !== null) files[name] = { mode, oid: `link:${link}` };
  return files;
}

function namesIn(folder: Buffer): RawPath[] {
  try {
    return readdirSync(folder, { encoding: 'buffer' }).map((name) => name.toString('latin1'));
  } catch {
    return [];
  }
}

export const controlPlace = (folders: readonly string[], name: string): Buffer => {
  const slash = name.indexOf('/');
  return absolute(folders[Number(name.slice(0, slash))]!, name.slice(slash + 1));
};

export const shownControl = (name: string): string =>
  path.posix.join('.git', name.slice(name.indexOf('/') + 1));
