import { constants } from 'node:fs';
import { access, type FileHandle, lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { writeFileAtomic } from './atomic-file.ts';
import type { Clock } from './clock.ts';

/** What stands where a file is looked for. */
export type Found =
  | { kind: 'missing' }
  | { kind: 'file'; bytes: Buffer }
  /** Something that is not read, in words: "a symbolic link". */
  | { kind: 'other'; what: string };

const LARGEST = 32 * 1024 * 1024;
/** Only for the user's eyes. */
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;
/** A file that changes for longer than this many reads is somebody's log, not an edit. */
const MOST_READS = 20;

export interface DiskOptions {
  clock: Clock;
  /** Two reads this far apart (ms) must be equal before a file counts as saved. */
  quietMs: number;
}

/** The file system as it is used for files that people edit: plain files only, no link is followed, nothing is lost by replacing. */
export class Disk {
  readonly #clock: Clock;
  readonly #quietMs: number;

  constructor({ clock, quietMs }: DiskOptions) {
    this.#clock = clock;
    this.#quietMs = quietMs;
  }

  async read(file: string): Promise<Found> {
    const handle = await this.#open(file);
    if ('kind' in handle) return handle;
    try {
      const { size } = await handle.stat();
      if (size > LARGEST) return { kind: 'other', what: `larger than ${LARGEST / 1024 / 1024} MB` };
      return { kind: 'file', bytes: await readAll(handle) };
    } finally {
      await handle.close();
    }
  }

  /** Reads until two reads in a row are equal, beginning with `first`; null where that does not come. */
  async settled(file: string, first: Found): Promise<Found | null> {
    let before = first;
    for (let i = 0; i < MOST_READS; i++) {
      await this.#pause();
      const now = await this.read(file);
      if (same(before, now)) return now;
      before = now;
    }
    return null;
  }

  write(file: string, content: string | Uint8Array): Promise<void> {
    return writeFileAtomic(file, content, { mode: FILE_MODE });
  }

  /**
   * Replaces a file, if it still holds what `expected` says (null: is missing). False where it does not, also
   * where somebody saved into the old file in the very moment: then that is put back.
   */
  async replace(file: string, text: string, expected: Buffer | null): Promise<boolean> {
    const handle = await this.#open(file);
    if ('kind' in handle) {
      if (handle.kind !== 'missing' || expected !== null) return false;
      await this.write(file, text);
      return true;
    }
    try {
      if (expected === null || !expected.equals(await readAll(handle))) return false;
      // Windows does not let an open file be replaced.
      if (process.platform === 'win32') await handle.close();
      await this.write(file, text);
      if (process.platform === 'win32') return true;
      const late = await this.#lateSave(handle, expected);
      if (late) await this.write(file, late);
      return late === null;
    } finally {
      await handle.close().catch(() => {});
    }
  }

  /** Renames within a folder. A missing source is left at that: then it was done already. */
  async promote(from: string, to: string): Promise<void> {
    await rename(from, to).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }

  async remove(file: string): Promise<void> {
    await rm(file, { force: true, recursive: true });
  }

  /** Makes a folder where its parent exists. False where something of that name is there. */
  async makeFolder(folder: string): Promise<boolean> {
    try {
      await mkdir(folder, { mode: FOLDER_MODE });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  }

  async makeFolders(folder: string): Promise<void> {
    await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
  }

  /** What a name stands for, without following it. */
  async kindOf(file: string): Promise<'missing' | 'folder' | 'file' | 'link' | 'other'> {
    const stats = await lstat(file).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
      throw error;
    });
    if (!stats) return 'missing';
    if (stats.isSymbolicLink()) return 'link';
    if (stats.isDirectory()) return 'folder';
    return stats.isFile() ? 'file' : 'other';
  }

  canWrite(folder: string): Promise<boolean> {
    return access(folder, constants.W_OK).then(
      () => true,
      () => false,
    );
  }

  list(folder: string): Promise<string[]> {
    return readdir(folder);
  }

  async #open(file: string): Promise<FileHandle | Exclude<Found, { kind: 'file' }>> {
    const kind = await this.kindOf(file);
    if (kind === 'missing') return { kind };
    if (kind !== 'file') return { kind: 'other', what: WORDS[kind] };
    // The flags hold where it was exchanged since; a pipe without a writer would be waited for.
    const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
    try {
      const handle = await open(file, flags);
      if ((await handle.stat()).isFile()) return handle;
      await handle.close();
      return { kind: 'other', what: WORDS.other };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return { kind: 'missing' };
      if (code === 'ELOOP') return { kind: 'other', what: WORDS.link };
      throw error;
    }
  }

  /** What was written into a replaced file after it was read; null where nothing was. */
  async #lateSave(handle: FileHandle, expected: Buffer): Promise<Buffer | null> {
    let late = await readAll(handle);
    if (late.equals(expected)) return null;
    for (let i = 0; i < MOST_READS; i++) {
      await this.#pause();
      const now = await readAll(handle);
      if (now.equals(late)) break;
      late = now;
    }
    return late;
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => void this.#clock.after(this.#quietMs, resolve));
  }
}

const WORDS = { link: 'a symbolic link', folder: 'a folder', other: 'not a plain file' } as const;

async function readAll(handle: FileHandle): Promise<Buffer> {
  const { size } = await handle.stat();
  const buffer = Buffer.alloc(Math.min(size, LARGEST));
  let length = 0;
  while (length < buffer.length) {
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return buffer.subarray(0, length);
}

function same(a: Found, b: Found): boolean {
  if (a.kind === 'file' && b.kind === 'file') return a.bytes.equals(b.bytes);
  return a.kind === b.kind;
}
