import { open, realpath } from 'node:fs/promises';
import path from 'node:path';
import { isDenied } from '../kernel/index.ts';

const LARGEST = 1024 * 1024;
const PROBE = 8000;

/**
 * The text of a file of the workspace, for anchors: null where it is missing, denied, outside of the folder
 * (also by a symbolic link), larger than 1 MB, or not text.
 */
export async function readTextFile(root: string, file: string): Promise<string | null> {
  if (isDenied(file)) return null;
  try {
    const real = await realpath(path.join(root, file));
    const inside = path.relative(root, real);
    if (inside === '' || inside.startsWith('..') || path.isAbsolute(inside) || isDenied(inside)) return null;
    const handle = await open(real, 'r');
    try {
      const found = await handle.stat();
      if (!found.isFile() || found.size > LARGEST) return null;
      const bytes = await handle.readFile();
      return bytes.subarray(0, PROBE).includes(0) ? null : bytes.toString('utf8');
    } finally {
      await handle.close();
    }
  } catch {
    return null;
  }
}
