import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** Every file below a folder that shows one of the strings, as it is or as JSON and SQLite's stems have it. */
export function traces(folder: string, canaries: readonly string[]): string[] {
  const found: string[] = [];
  for (const name of readdirSync(folder, { recursive: true }) as string[]) {
    const file = path.join(folder, name);
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) continue;
    const bytes = readFileSync(file).toString('latin1').toLowerCase();
    for (const canary of canaries)
      if (bytes.includes(Buffer.from(canary.toLowerCase()).toString('latin1')))
        found.push(`${name}: ${canary}`);
  }
  return found;
}

/** A word that nothing else contains, and that stemming leaves as it is. */
let canaries = 0;
export const canary = () =>
  `zq${(canaries++).toString(36)}xv${Math.floor(Math.random() * 1e9).toString(36)}qz`;
