import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDenied } from '../kernel/index.ts';
import { ProgenyError } from '../protocol/index.ts';
import type { SourceFile } from './source-file.ts';

/** More entries than this are not an archive but a disk. */
const MOST_ENTRIES = 200_000;
const CHUNK = 256 * 1024;

/** A file with how much of it has been read. */
export interface CountedFile extends SourceFile {
  readonly bytesRead: number;
}

/**
 * The files under a folder whose names `wanted` takes, by their paths from it, in the order of their code units.
 * Links, hidden folders, `node_modules` and names on the deny list are not gone into. Throws `bad_input`.
 */
export async function filesUnder(root: string, wanted: (name: string) => boolean): Promise<string[]> {
  const found: string[] = [];
  const folders = [''];
  let entries = 0;
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const listed = await readdir(path.join(root, folder), { withFileTypes: true }).catch((error) => {
      if (folder === '') throw unreadable(root, error);
      return [];
    });
    entries += listed.length;
    if (entries > MOST_ENTRIES)
      throw new ProgenyError(
        'bad_input',
        `"${root}" holds more than ${MOST_ENTRIES} files. Name the folder of the archive itself.`,
      );
    for (const entry of listed) {
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (isDenied(entry.name)) continue;
      if (entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
        folders.push(name);
      else if (entry.isFile() && wanted(name)) found.push(name);
    }
  }
  return found.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** A file below `root`, to be read as often as wanted. Throws `bad_input`. */
export async function openFile(root: string, name: string): Promise<CountedFile> {
  const place = path.join(root, ...name.split('/'));
  const found = await stat(place).catch((error) => {
    throw unreadable(place, error);
  });
  let bytesRead = 0;
  return {
    name,
    uri: pathToFileURL(place).href,
    bytes: found.size,
    modifiedAt: Math.max(0, Math.trunc(found.mtimeMs)),
    get bytesRead() {
      return bytesRead;
    },
    async *chunks() {
      bytesRead = 0;
      // The decoder takes a byte order mark away, and puts a replacement for what is not UTF-8.
      const decoder = new TextDecoder();
      try {
        for await (const chunk of createReadStream(place, { highWaterMark: CHUNK })) {
          bytesRead += (chunk as Buffer).length;
          yield decoder.decode(chunk as Buffer, { stream: true });
        }
        yield decoder.decode();
      } catch (error) {
        if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
        throw unreadable(place, error);
      }
    },
    async beside(relative) {
      const target = path.posix.normalize(`${path.posix.dirname(name)}/${relative}`);
      const file = await openFile(root, target).catch(() => null);
      return file;
    },
  };
}

export function unreadable(place: string, error: unknown): ProgenyError {
  const { code } = error as NodeJS.ErrnoException;
  const why = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code ?? String(error)})`;
  return new ProgenyError(
    'bad_input',
    `path: "${place}" ${why}. Give the path of an archive on this machine.`,
    {
      fields: [{ path: 'path' }],
    },
  );
}
