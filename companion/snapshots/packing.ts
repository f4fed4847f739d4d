import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Vault } from './vault.ts';

/** So many objects in one of the 256 folders of loose ones: about 2,000 in all. */
const MANY_LOOSE = 8;
const MANY_PACKS = 30;
/** No more than a modest share of a machine that somebody works on. */
const MODEST = ['pack.threads=1', 'pack.windowMemory=64m', 'core.bigFileThreshold=16m'];

/** Puts loose objects together where there are many, and packs where there are many of them. */
export async function packSometimes(vault: Vault, signal?: AbortSignal): Promise<void> {
  const objects = path.join(vault.folder, 'objects');
  const one = await readdir(path.join(objects, '17')).catch(() => []);
  if (one.length < MANY_LOOSE) return;
  if ((await packsOf(objects)).size >= MANY_PACKS) return await sweep(vault, signal);
  const loose: string[] = [];
  for (const folder of await readdir(objects))
    if (/^[0-9a-f]{2}$/.test(folder))
      for (const rest of await readdir(path.join(objects, folder)))
        if (/^[0-9a-f]{38}$/.test(rest)) loose.push(folder + rest);
  await pack(vault, Buffer.from(`${loose.join('\n')}\n`), signal);
  await vault.git({ args: ['prune-packed', '--quiet'], signal });
}

/** Lets go what no reference needs any more; the rest lies in one pack afterwards. */
export async function sweep(vault: Vault, signal?: AbortSignal): Promise<void> {
  const objects = path.join(vault.folder, 'objects');
  // Contents that lie in a repository of the user's are named by trees, and are not here.
  const args = ['rev-list', '--objects', '--all', '--no-object-names', '--missing=allow-any'];
  const reachable = await vault.git({ args, signal });
  const before = await packsOf(objects);
  const kept = reachable.length > 0 ? await pack(vault, reachable, signal) : '';
  for (const [name, files] of before)
    if (!name.endsWith(kept) || kept === '')
      for (const file of files) await rm(path.join(objects, 'pack', file), { force: true });
  await vault.git({ args: ['prune-packed', '--quiet'], signal });
  await vault.git({ args: ['prune', '--expire=now'], signal });
  await vault.git({ args: ['pack-refs', '--all', '--prune'], signal });
}

/** Packs these (a line each); the hash that names the pack. Those that it has not are no matter. */
async function pack(vault: Vault, oids: Buffer, signal?: AbortSignal): Promise<string> {
  const place = path.join(vault.folder, 'objects', 'pack', 'pack');
  const args = ['pack-objects', '--quiet', '--missing=allow-any', place];
  const before = MODEST.flatMap((setting) => ['-c', setting]);
  return (await vault.git({ before, args, input: oids, signal })).toString('latin1').trim();
}

/** Files of each pack by its name. */
async function packsOf(objects: string): Promise<Map<string, string[]>> {
  const names = await readdir(path.join(objects, 'pack')).catch(() => []);
  return new Map(
    Object.entries(Object.groupBy(names, (name) => name.replace(/\.[a-z]+$/, ''))).filter(
      (entry): entry is [string, string[]] => entry[0].startsWith('pack-'),
    ),
  );
}
