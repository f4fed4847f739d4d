import { existsSync } from 'node:fs';
import path from 'node:path';
import { type ImportFormat, importFormat, ProgenyError } from '../protocol/index.ts';
import { filesOf } from './file-parts.ts';
import { openFile } from './files.ts';
import { FILE_FORMATS, type FileFormat } from './formats.ts';

/** Of a folder, so many files of a format are looked into. */
const LOOKED_INTO = 50;
const HEAD = 64 * 1024;

/**
 * What lies at a path: the first format that recognises the beginning of a file there. A folder with a `.git` is
 * a repository unless a chat archive lies in it, even where it holds notes. Throws `bad_input` where nothing is
 * recognised.
 */
export async function detectFormat(place: string): Promise<ImportFormat> {
  const heads = new Map<string, Promise<string>>();
  const anything = Object.values(FILE_FORMATS);
  const { root, names } = await filesOf(place, (name) => anything.some(({ takes }) => takes(name)));
  const alone = root !== place;
  const headOf = (name: string) => {
    const known = heads.get(name) ?? readHead(root, name);
    heads.set(name, known);
    return known;
  };
  const isOf = async ({ takes, recognises }: FileFormat) => {
    const candidates = names.filter((name) => alone || takes(name)).slice(0, LOOKED_INTO);
    for (const name of candidates) if (recognises(await headOf(name), name)) return true;
    return false;
  };
  for (const [format, reader] of Object.entries(FILE_FORMATS)) {
    // Notes in a repository are part of it.
    if (format === 'markdown' && !alone && existsSync(path.join(place, '.git'))) return 'git';
    if (await isOf(reader)) return format as ImportFormat;
  }
  throw new ProgenyError(
    'bad_input',
    `"${place}": found nothing that can be imported. Expected ${anything.map(({ what }) => what).join('; ')}; or a git repository. Name the format with \`--format\` (${importFormat.options.join(', ')}).`,
  );
}

async function readHead(root: string, name: string): Promise<string> {
  let head = '';
  try {
    for await (const chunk of (await openFile(root, name)).chunks()) {
      head += chunk;
      if (head.length >= HEAD) break;
    }
  } catch (error) {
    if (!(error instanceof ProgenyError)) throw error;
  }
  return head;
}
