import { existsSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { findCompanion } from '../client/node.ts';
import { dataDirectory } from '../kernel/node.ts';
import type { Arguments } from './options.ts';
import type { Output } from './output.ts';

/**
 * `progeny uninstall`: lists everything that Progeny ever wrote, and with `--yes` removes it. The extension
 * itself is removed in VS Code.
 */
export async function uninstall(args: Arguments, output: Output, folders: readonly string[]): Promise<void> {
  const data = dataDirectory();
  const found: { path: string; bytes: number }[] = [];
  for (const place of [data, ...folders.map((folder) => path.join(folder, '.progeny'))]) {
    if (existsSync(place)) found.push({ path: place, bytes: await size(place) });
  }
  const removed = args.values.yes === true;
  if (removed) {
    for (let wait = 0; (await findCompanion(data)) && wait < 50; wait++)
      await new Promise((resolve) => setTimeout(resolve, 100));
    for (const { path: place } of found) await rm(place, { recursive: true, force: true });
  }
  output.result({ found, removed }, () =>
    [
      ...found.map(
        ({ path: place, bytes }) =>
          `${removed ? 'removed' : 'found'}  ${place}  (${(bytes / 1024).toFixed(0)} KB)`,
      ),
      found.length === 0
        ? 'Progeny has left nothing here.'
        : removed
          ? ''
          : 'Nothing was removed. `progeny uninstall --yes` removes all of it.',
    ]
      .filter(Boolean)
      .join('\n'),
  );
}

async function size(place: string): Promise<number> {
  const found = await stat(place);
  if (!found.isDirectory()) return found.size;
  const sizes = await Promise.all((await readdir(place)).map((name) => size(path.join(place, name))));
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}
