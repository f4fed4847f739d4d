import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { IgnoreRules } from './ignore-rules.ts';

export interface Changed {
  /** Files changed since, at most `MOST_PATHS`. */
  readonly paths: readonly string[];
  /** There were more. */
  readonly many: boolean;
  readonly folders: number;
  readonly files: number;
}

const MOST_PATHS = 500;

/**
 * Walks a tree and gives the files whose content changed at or after `since` (ms since the epoch). Deleted
 * files leave nothing to see. Metadata only; what the rules ignore is not looked at.
 */
export async function changedSince(root: string, rules: IgnoreRules, since: number): Promise<Changed> {
  const paths: string[] = [];
  const waiting = [''];
  let [many, folders, files] = [false, 0, 0];
  while (waiting.length > 0) {
    const folder = waiting.pop()!;
    folders++;
    const entries = await readdir(path.join(root, folder), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!rules.ignoresFolder(name)) waiting.push(name);
      } else if (!rules.ignoresFile(name)) {
        files++;
        const stat = await lstat(path.join(root, name)).catch(() => null);
        if (!stat || stat.mtimeMs < since) continue;
        if (paths.length < MOST_PATHS) paths.push(name);
        else many = true;
      }
    }
  }
  return { paths, many, folders, files };
}
