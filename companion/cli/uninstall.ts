import { existsSync } from 'node:fs';
import { lstat, readdir, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findCompanion } from '../client/node.ts';
import { DEMO_ENTRIES, demoDirectory, demoFolders } from '../demo-marker.ts';
import { DATA_ENTRIES, dataDirectory } from '../kernel/node.ts';
import { glance } from '../store/index.ts';
import { FOLDER, isMarkedFolder, markerLine } from '../working-files/index.ts';
import type { Arguments } from './options.ts';
import type { Output } from './output.ts';
import { connect } from './session.ts';

/** The companion ends within this long, or is left to whoever holds it. */
const STOP_MS = 5000;

/**
 * `progeny uninstall`: lists everything that Progeny ever wrote, in every folder that it knows, and with `--yes`
 * removes it. A `.progeny` that it did not make itself stays. The extension itself is removed in VS Code.
 */
export async function uninstall(args: Arguments, output: Output): Promise<void> {
  const data = dataDirectory();
  const demo = demoDirectory(data);
  const places = [...ownEntries(data), ...(await workingFolders(data)), ...demoEntries(demo)];
  const found = await Promise.all(places.map(async (place) => ({ path: place, bytes: await size(place) })));
  const removed = args.values.yes === true && found.length > 0;
  if (removed) {
    for (const each of [data, demo]) await stopCompanion(each);
    // What came meanwhile, such as the last lines of the log, goes too; what somebody else put there stays.
    for (const place of [...places, ...ownEntries(data), ...demoEntries(demo)])
      await rm(place, { recursive: true, force: true });
    for (const each of [data, demo]) await rmdir(each).catch(() => {});
  }
  output.result({ found, removed }, () => {
    if (found.length === 0) return 'Progeny has left nothing here.';
    const word = removed ? 'removed' : 'found';
    const lines = found.map((each) => `${word}  ${each.path}  (${(each.bytes / 1024).toFixed(0)} KB)`);
    if (!removed) lines.push('Nothing was removed. `progeny uninstall --yes` removes all of it.');
    return lines.join('\n');
  });
}

function ownEntries(data: string): string[] {
  return DATA_ENTRIES.map((name) => path.join(data, name)).filter((place) => existsSync(place));
}

/** What the demo left, where there is one. */
function demoEntries(demo: string): string[] {
  if (demoFolders(demo) === null) return [];
  return DEMO_ENTRIES.map((name) => path.join(demo, name)).filter((place) => existsSync(place));
}

async function workingFolders(data: string): Promise<string[]> {
  const known = glance(data);
  if (!known) return [];
  const folders = known.workspaces.map(async ({ id, path: workspace }) => {
    const folder = path.join(workspace, FOLDER);
    return (await isMarkedFolder(folder, markerLine(known.digest, id))) ? [folder] : [];
  });
  return (await Promise.all(folders)).flat();
}

export async function stopCompanion(data: string): Promise<void> {
  const session = await connect({ start: false, data });
  if (!session) return;
  await session.api.system.stop({});
  session.close();
  const limit = performance.now() + STOP_MS;
  while ((await findCompanion(data)) && performance.now() < limit) await delay(100);
}

async function size(place: string): Promise<number> {
  const found = await lstat(place);
  if (!found.isDirectory()) return found.size;
  const sizes = await Promise.all((await readdir(place)).map((name) => size(path.join(place, name))));
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}
