import { lstat, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../kernel/index.ts';
import { FolderWatches } from './folder-watches.ts';
import { NameBatch } from './name-batch.ts';
import type { FileChange } from './records.ts';
import { settleNames } from './settle-names.ts';

export interface TreeOptions {
  readonly root: string;
  readonly clock: Clock;
  /** Whether a folder below the root is watched. Paths are relative, with slashes. */
  readonly enters: (folder: string) => boolean;
  /** Whether an event of this name may be held until it is known what it names; asked before it is kept. */
  readonly admits: (entry: string) => boolean;
  readonly onChanges: (changes: readonly FileChange[]) => void;
  /** The root is gone or is another folder. Told once; the tree is disposed. */
  readonly onGone: () => void;
  /** The system refuses more watches, or there would be more than `maxFolders`. As `onGone`. */
  readonly onLimit: (message: string) => void;
  readonly maxFolders: number;
}

/** Folders listed at the same time. */
const LISTED_AT_ONCE = 8;
/** Times of a file system may lag behind each other by this much (ms). */
const SLACK_MS = 2_000;

/**
 * One watch for each folder of a tree. A folder that appears is watched first and listed then, so that nothing
 * that is put into it is missed; one that moves is watched anew under its new name.
 */
export class DirectoryTree {
  readonly #options: TreeOptions;
  readonly #watches: FolderWatches;
  readonly #batch: NameBatch;
  #rootId = '';
  /** An event of the root itself came: of its name, or of something else about it. */
  #rootDoubt: 'name' | 'other' | null = null;
  #ended = false;

  constructor(options: TreeOptions) {
    this.#options = options;
    this.#batch = new NameBatch(options.clock, () => this.#settle());
    this.#watches = new FolderWatches({
      root: options.root,
      most: options.maxFolders,
      hear: (folder, type, name) => this.#hear(folder, type, name),
      onError: (folder) => (folder === '' ? this.#doubtRoot('other') : this.#watches.remove(folder)),
      onLimit: (message) => this.#end(() => options.onLimit(message)),
    });
  }

  get folders(): number {
    return this.#watches.size;
  }

  /** Watches everything there is. Rejects when the root is not a folder that can be watched. */
  async start(): Promise<void> {
    this.#rootId = await identity(this.#options.root);
    await this.#enter('', null);
    if (!this.#ended && !this.#watches.has('')) throw new Error(`cannot watch ${this.#options.root}`);
  }

  /** Tells what was heard so far, then ends. */
  finish(): void {
    if (!this.#ended) this.#settle();
    this.dispose();
  }

  dispose(): void {
    this.#ended = true;
    this.#batch.dispose();
    this.#watches.remove('');
  }

  /** Watches a folder and what is below it. Files in it that are newer than `newsSince` are news. */
  async #enter(start: string, newsSince: number | null): Promise<void> {
    let waiting = [start];
    while (waiting.length > 0 && !this.#ended) {
      const next = waiting.splice(0, LISTED_AT_ONCE);
      const found = await Promise.all(next.map((folder) => this.#open(folder, newsSince)));
      waiting = waiting.concat(...found);
    }
  }

  /** Watches one folder and gives the folders in it. */
  async #open(folder: string, newsSince: number | null): Promise<string[]> {
    if (this.#ended || !this.#watches.add(folder)) return [];
    const place = path.join(this.#options.root, folder);
    const entries = await readdir(place, { withFileTypes: true }).catch(() => []);
    const inside: string[] = [];
    if (this.#ended) return inside;
    for (const entry of entries) {
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (this.#options.enters(name)) inside.push(name);
      } else if (newsSince !== null && this.#options.admits(name)) this.#batch.add(name, { newsSince });
    }
    return inside;
  }

  async #appeared(folder: string): Promise<void> {
    if (!this.#options.enters(folder)) return;
    const found = await lstat(path.join(this.#options.root, folder)).catch(() => null);
    // A folder that was moved here changed just now; what it brought along is older.
    if (found?.isDirectory()) await this.#enter(folder, found.ctimeMs - SLACK_MS);
  }

  #hear(folder: string, type: string, name: string | null): void {
    if (this.#ended) return;
    // An event of a folder itself comes under its own name.
    if (folder === '' && (name === null || name === path.basename(this.#options.root))) {
      this.#doubtRoot(type === 'rename' ? 'name' : 'other');
    }
    if (name === null) return;
    const entry = folder === '' ? name : `${folder}/${name}`;
    if (!this.#batch.has(entry) && !this.#options.admits(entry)) return;
    this.#batch.add(entry, type === 'rename' ? { renames: 1 } : { writes: 1 });
  }

  #doubtRoot(about: 'name' | 'other'): void {
    if (this.#rootDoubt !== 'name') this.#rootDoubt = about;
    this.#batch.wake();
  }

  #settle(): void {
    if (this.#rootDoubt) void this.#verifyRoot(this.#rootDoubt === 'name');
    this.#rootDoubt = null;
    const settled = settleNames(this.#options.root, this.#batch.take(), (folder) =>
      this.#watches.has(folder),
    );
    for (const folder of settled.vanished) this.#watches.remove(folder);
    for (const folder of settled.appeared) void this.#appeared(folder);
    if (settled.changes.length > 0) this.#options.onChanges(settled.changes);
  }

  async #verifyRoot(renamed: boolean): Promise<void> {
    const { root } = this.#options;
    const now = await identity(root).catch(() => '');
    // A folder made in place of a deleted one may get its very number; then only the event tells.
    const namesake = renamed && (await lstat(path.join(root, path.basename(root))).catch(() => null));
    if (now !== this.#rootId || (renamed && !namesake)) this.#end(this.#options.onGone);
  }

  #end(tell: () => void): void {
    if (this.#ended) return;
    this.dispose();
    tell();
  }
}

/** Tells one folder from another that took its place. Rejects where there is no folder. */
export async function identity(folder: string): Promise<string> {
  const found = await stat(folder);
  if (!found.isDirectory()) throw new Error(`expected a folder, found something else: ${folder}`);
  return `${found.dev}:${found.ino}`;
}
