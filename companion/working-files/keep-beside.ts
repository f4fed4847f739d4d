import path from 'node:path';
import type { Disk } from '../kernel/node.ts';

/** More rejected edits than this beside one file are some program's doing. */
const MOST_KEPT = 50;

/**
 * Keeps a rejected edit beside its file, each different one under its own name; returns the name. Null where
 * there are too many already: then the file itself must stay as it is.
 */
export async function keepBeside(
  disk: Disk,
  folder: string,
  file: string,
  bytes: Buffer,
): Promise<string | null> {
  for (let n = 1; n <= MOST_KEPT; n++) {
    const name = n === 1 ? `${file}.rejected` : `${file}.rejected-${n}`;
    const found = await disk.read(path.join(folder, name));
    if (found.kind === 'file' && found.bytes.equals(bytes)) return name;
    if (found.kind !== 'missing') continue;
    await disk.write(path.join(folder, name), bytes);
    return name;
  }
  return null;
}
