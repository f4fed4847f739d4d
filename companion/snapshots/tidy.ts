import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Vault } from './vault.ts';

/**
 * Takes away what a companion that was killed left half done: locks, files in the making, and references of takes that
 * never came to a manifest (`known`: those that did). Nobody else works on a vault.
 */
export async function tidy(vault: Vault, place: string, known: ReadonlySet<string>): Promise<void> {
  const entries = await readdir(vault.folder, { recursive: true, withFileTypes: true });
  for (const entry of entries)
    if (entry.isFile() && /\.lock$|^tmp_|^compared-\d$/.test(entry.name))
      await rm(path.join(entry.parentPath, entry.name), { force: true });
  for (const name of await readdir(place).catch(() => []))
    if (name.endsWith('.tmp')) await rm(path.join(place, name), { force: true });
  const refs = await vault.git({ args: ['for-each-ref', '--format=%(refname)', 'refs/snapshots/'] });
  const lost = refs
    .toString('latin1')
    .split('\n')
    .filter((ref) => ref !== '' && !known.has(ref.split('/')[2]!));
  if (lost.length > 0)
    await vault.git({
      args: ['update-ref', '--stdin'],
      input: Buffer.from(lost.map((ref) => `delete ${ref}\n`).join('')),
    });
}
