import { readdirSync, readlinkSync, type Stats } from 'node:fs';
import path from 'node:path';
import { type Facts, factsOf, unchanged } from './facts.ts';
import { absolute, standing } from './scan.ts';
import { type Control, type ControlEntry, type RawPath, rawOf } from './snapshot.ts';
import type { GitFolders } from './take.ts';
import type { Vault } from './vault.ts';

/** Not part of where a repository stands: contents, and what belongs to another work tree. */
const LEFT_OUT = new Set(['objects', 'modules', 'lfs', 'worktrees', 'subtree-cache']);
/** A program is at work, or was: none of our business. */
const LOCK = /\.lock$|(?:^|\/)fsmonitor--daemon/;
const LARGEST = 256 * 1024 * 1024;

/** A file of a git folder as it stands. */
interface Listed {
  readonly at: Buffer;
  readonly stats: Stats;
  readonly link: string | null;
}

/** What stands in the git folders now, without its contents: `number/path` and where it lies. */
export function listControl(folders: readonly string[]): Map<string, Listed> {
  const found = new Map<string, Listed>();
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
            stats: facts,
            link: rawOf(readlinkSync(at, 'utf8')),
          });
        else if (facts?.isFile() && facts.size <= LARGEST && !below.includes('\n'))
          found.set(`${number}/${below}`, { at, stats: facts, link: null });
      }
    }
  }
  return found;
}

/** What was kept of git folders, and by what each file is known to be the same. */
export interface KeptControl {
  readonly control: Control;
  readonly facts: ReadonlyMap<string, Facts>;
}

/** Keeps HEAD, refs, index, reflogs, stash, hooks and configuration, byte by byte. */
export async function keepControl(
  vault: Vault,
  { own, common }: GitFolders,
  stamp: number,
  last?: KeptControl | null,
): Promise<KeptControl> {
  const folders = own === common ? [common] : [own, common];
  const found = listControl(folders);
  const facts = new Map([...found].map(([name, { stats }]) => [name, factsOf(stats, stamp)]));
  const had = last?.control.files ?? {};
  const same = (name: string) =>
    had[name] !== undefined && unchanged(last?.facts.get(name), facts.get(name)!);
  const fresh = new Map([...found].filter(([name]) => !same(name)));
  const now = await keepEntries(vault, fresh);
  const files = Object.fromEntries([...found.keys()].map((name) => [name, now[name] ?? had[name]!]));
  const oids = (some: Control['files']) => [
    ...new Set(Object.values(some).flatMap(({ oid }) => (oid.startsWith('link:') ? [] : [oid]))),
  ];
  const all = oids(files);
  const tree = last && String(all) === String(oids(had)) ? last.control.tree : await vault.bundle(all);
  return { control: { folders, files, tree }, facts };
}

/** The entries of what was listed, with their bytes kept. A link's entry says where it leads. */
export async function keepEntries(
  vault: Vault,
  found: ReadonlyMap<string, Listed>,
): Promise<Record<string, ControlEntry>> {
  const plain = [...found].filter(([, { link }]) => link === null);
  const oids = await vault.keepFiles(plain.map(([, { at }]) => at.toString('latin1')));
  const files: Record<string, ControlEntry> = {};
  for (const [i, [name, { stats }]] of plain.entries())
    files[name] = { mode: stats.mode & 0o7777, oid: oids[i]! };
  for (const [name, { stats, link }] of found)
    if (link !== null) files[name] = { mode: stats.mode & 0o7777, oid: `link:${link}` };
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
