import path from 'node:path';
import type { Disk } from '../kernel/node.ts';
import { BaseCopies } from './base-copies.ts';
import { SYNCED, TUNING } from './names.ts';
import type { Place } from './place.ts';
import { TUNING_TEXT } from './tuning.ts';

/**
 * Leaves one place for another, after the edits there were read back: `tuning.md` comes along, what is as it was
 * written goes, and everything else (archive, kept edits) stays where it is.
 */
export async function moveOver(disk: Disk, from: Place, to: Place): Promise<void> {
  await moveTuning(disk, path.join(from.folder, TUNING), path.join(to.folder, TUNING));
  const copies = new BaseCopies(disk, from.base);
  for (const name of SYNCED) {
    const file = path.join(from.folder, name);
    const found = await disk.read(file);
    const base = await copies.read(name);
    if (found.kind === 'file' && found.bytes.toString('utf8') === base?.text) await disk.remove(file);
  }
  await disk.remove(from.base);
}

/** Takes the place of one that nobody has written in yet; beside another it stays where it is. */
async function moveTuning(disk: Disk, from: string, to: string): Promise<void> {
  const text = await disk.read(from);
  if (text.kind !== 'file') return;
  const there = await disk.read(to);
  const free =
    there.kind === 'missing' || (there.kind === 'file' && there.bytes.equals(Buffer.from(TUNING_TEXT)));
  if (free) await disk.write(to, text.bytes);
  if (free || (there.kind === 'file' && there.bytes.equals(text.bytes))) await disk.remove(from);
}
