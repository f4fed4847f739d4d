import { globSync, statSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Traces } from './forgetting.ts';
import { Listeners } from './kernel/index.ts';
import { writeFileAtomic } from './kernel/node.ts';
import { ProgenyError } from './protocol/index.ts';
import { ARCHIVE, dataFolder, FOLDER, isMarkedFolder, markerLine } from './working-files/index.ts';
import { type KeptFolder, keepWorkingFiles, type WorkingSetsOptions } from './working-sets.ts';

export interface CleaningOptions extends WorkingSetsOptions {
  /** Brings the working files of an open workspace in step; null for one that is not open. */
  syncOpen(workspaceId: string): Promise<unknown> | null;
}

/**
 * Takes what was forgotten out of the working files of these workspaces, open or not, and out of the copies beside them:
 * the files are written anew from the store, rejected edits that show a trace are removed, and so are the lines of
 * former days that do. Throws `conflict` for a file that cannot be read.
 */
export async function cleanWorkingFiles(
  workspaceIds: readonly string[],
  traces: Traces,
  options: CleaningOptions,
): Promise<void> {
  for (const id of workspaceIds) {
    const folder = options.mind.read((reader) =>
      reader.get<{ path: string }>('SELECT path FROM workspaces WHERE id = ?', id),
    )?.path;
    if (folder === undefined) continue;
    const own = path.join(folder, FOLDER);
    const ours = await isMarkedFolder(
      own,
      markerLine((text) => options.mind.digest(text), id),
    );
    await (options.syncOpen(id) ?? syncClosed({ id, path: folder, trusted: ours }, options));
    for (const place of [...(ours ? [own] : []), dataFolder(options.dataDirectory, id)])
      await removeTraces(place, traces);
  }
}

async function syncClosed(
  folder: Pick<KeptFolder, 'id' | 'path' | 'trusted'>,
  options: CleaningOptions,
): Promise<void> {
  const files = keepWorkingFiles(
    { ...folder, repository: null, tell: () => {}, signsOfLife: new Listeners() },
    options,
  );
  await files.sync();
  await files.dispose();
}

async function removeTraces(place: string, { ids, lines }: Traces): Promise<void> {
  const escaped = lines.map((line) => JSON.stringify(line).slice(1, -1));
  const known = [...ids, ...lines, ...escaped];
  const shows = (text: string) => known.some((trace) => text.includes(trace));
  for (const name of globSync('**/*', { cwd: place })) {
    const file = path.join(place, name);
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) continue;
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw new ProgenyError(
        'conflict',
        `It is forgotten, but ${file} cannot be read (${error.code}) and may still show it: look into it, or delete it.`,
      );
    });
    if (!shows(text)) continue;
    if (/\.rejected(-\d+)?$/.test(name)) await rm(file, { force: true });
    else if (name.startsWith(ARCHIVE))
      await writeFileAtomic(
        file,
        text
          .split('\n')
          .filter((line) => !shows(line))
          .join('\n'),
      );
  }
}
