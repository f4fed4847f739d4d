import { existsSync, globSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { buryInFile, type Tombstone } from './store/index.ts';

/**
 * Takes what was forgotten out of databases that were set aside, damaged or replaced by a backup: one that can be opened
 * forgets it; one that cannot, or that still shows a trace, is removed whole.
 */
export async function scrubSetAside(
  dataDirectory: string,
  tombstones: readonly Tombstone[],
  lines: readonly string[],
): Promise<void> {
  const folder = path.join(dataDirectory, 'set-aside');
  if (!existsSync(folder)) return;
  for (const name of globSync('*/mind.db', { cwd: folder })) {
    const file = path.join(folder, name);
    buryInFile(file, tombstones);
    const left = globSync(`${path.dirname(name)}/*`, { cwd: folder }).some((beside) =>
      shows(path.join(folder, beside), lines),
    );
    if (left) await rm(path.dirname(file), { recursive: true, force: true });
  }
}

function shows(file: string, lines: readonly string[]): boolean {
  const bytes = readFileSync(file);
  return lines.some((line) => bytes.includes(line));
}
