import { stat } from 'node:fs/promises';
import path from 'node:path';
import { type ImportFormat, ProgenyError } from '../protocol/index.ts';
import { filesUnder, openFile, unreadable } from './files.ts';
import { FILE_FORMATS } from './formats.ts';
import type { Part } from './run-import.ts';

/** The files of an archive in a stable order. Throws `bad_input` where there is none. */
export async function fileParts(place: string, format: ImportFormat): Promise<Part[]> {
  if (format === 'git') throw new ProgenyError('bad_input', 'A history is not read from files.');
  const reader = FILE_FORMATS[format];
  const { root, names } = await filesOf(place, reader.takes);
  if (names.length === 0)
    throw new ProgenyError('bad_input', `"${place}": expected ${reader.what}; there are none.`);
  return Promise.all(
    names.map(async (name) => {
      const file = await openFile(root, name);
      return {
        name,
        fingerprint: `${file.bytes} ${file.modifiedAt}`,
        weight: file.bytes,
        share: () => (file.bytes === 0 ? 1 : Math.min(1, file.bytesRead / file.bytes)),
        read: (skip, signal) => reader.read({ ...file, chunks: () => until(signal, file.chunks()) }, skip),
      };
    }),
  );
}

/** A file by itself, whatever its name, or the files of a folder that `takes` wants. Throws `bad_input`. */
export async function filesOf(
  place: string,
  takes: (name: string) => boolean,
): Promise<{ root: string; names: string[] }> {
  const found = await stat(place).catch((error) => {
    throw unreadable(place, error);
  });
  if (found.isDirectory()) return { root: place, names: await filesUnder(place, takes) };
  if (found.isFile()) return { root: path.dirname(place), names: [path.basename(place)] };
  throw new ProgenyError('bad_input', `path: "${place}" is neither a file nor a folder.`);
}

/** Ends with the reason of the signal, also in a file in which nothing is said. */
async function* until(signal: AbortSignal, chunks: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const chunk of chunks) {
    signal.throwIfAborted();
    yield chunk;
  }
}
