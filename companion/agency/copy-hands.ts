import { chmod, lstat, mkdir, readFile, readlink, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isDenied } from '../kernel/index.ts';
import { ProgenyError } from '../protocol/index.ts';

/**
 * Changes files of a rehearsal, never through a link: a copy of a hostile folder has its links, and they lead to real
 * places. The copy is the run's own, so nobody swaps anything between a look and a write.
 */
export class CopyHands {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Null where there is no file. */
  async read(file: string): Promise<Buffer | null> {
    const at = await this.#place(file);
    const found = await kindOf(at);
    if (found === null) return null;
    if (found !== 'file') throw await this.#inTheWay(at, file, `is a ${found}, no file`);
    return await readFile(at);
  }

  async write(file: string, text: string | Buffer, executable?: boolean): Promise<void> {
    const at = await this.#place(file);
    const found = await kindOf(at);
    if (found !== null && found !== 'file') throw await this.#inTheWay(at, file, `is a ${found}, no file`);
    await mkdir(path.dirname(at), { recursive: true });
    await writeFile(at, text);
    if (executable !== undefined) await this.#setExecutable(at, executable);
  }

  async setExecutable(file: string, executable: boolean): Promise<void> {
    await this.#setExecutable(await this.#place(file), executable);
  }

  /** Throws `not_found` where there is nothing, and `conflict` where something stands at `to`. */
  async move(from: string, to: string): Promise<void> {
    const [source, target] = [await this.#place(from), await this.#place(to)];
    if ((await kindOf(source)) === null) throw missing(from);
    // A name that differs in case alone may be the same file.
    const same = from.toLowerCase() === to.toLowerCase();
    if (!same && (await kindOf(target)) !== null)
      throw new ProgenyError('conflict', `${to} exists already, so ${from} cannot be moved there.`);
    await mkdir(path.dirname(target), { recursive: true });
    await rename(source, target);
  }

  /** Throws `not_found`. A link goes, not what it leads to; a folder is refused. */
  async delete(file: string): Promise<void> {
    const at = await this.#place(file);
    const found = await kindOf(at);
    if (found === null) throw missing(file);
    if (found === 'folder') throw await this.#inTheWay(at, file, 'is a folder; files are deleted one by one');
    await rm(at);
  }

  async #setExecutable(at: string, executable: boolean): Promise<void> {
    const { mode } = await lstat(at);
    await chmod(at, executable ? mode | 0o111 : mode & ~0o111);
  }

  /** What stands in the way; through a link out of the folder is more than that. */
  async #inTheWay(at: string, file: string, why: string): Promise<ProgenyError> {
    const to = await readlink(at).catch(() => null);
    if (to === null) return new ProgenyError('conflict', `${file} ${why}.`);
    const below = path.relative(this.#folder, path.resolve(path.dirname(at), to));
    const out = below === '..' || below.startsWith(`..${path.sep}`) || path.isAbsolute(below);
    if (out || isDenied(below)) return refused(file, `${why}, and it leads out of what a run may touch`);
    return new ProgenyError('conflict', `${file} ${why}. Name the file that it leads to.`);
  }

  async #place(file: string): Promise<string> {
    const parts = file.split('/');
    const odd = parts.some((part) => part === '' || part === '.' || part === '..' || part.includes('\0'));
    if (odd || path.isAbsolute(file)) throw refused(file, 'is no path inside the folder');
    if (isDenied(file)) throw refused(file, 'is on the deny list');
    let at = this.#folder;
    for (const part of parts.slice(0, -1)) {
      at = path.join(at, part);
      const found = await kindOf(at);
      if (found !== null && found !== 'folder')
        throw await this.#inTheWay(at, file, `leads through a ${found}`);
    }
    return path.join(at, parts.at(-1)!);
  }
}

async function kindOf(at: string): Promise<'file' | 'folder' | 'link' | 'device' | null> {
  const facts = await lstat(at).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw error;
  });
  if (facts === null) return null;
  if (facts.isFile()) return 'file';
  if (facts.isDirectory()) return 'folder';
  return facts.isSymbolicLink() ? 'link' : 'device';
}

function refused(file: string, why: string): ProgenyError {
  return new ProgenyError('forbidden', `${file} ${why}.`);
}

function missing(file: string): ProgenyError {
  return new ProgenyError('not_found', `There is no ${file}.`);
}
