import { type FSWatcher, watch } from 'node:fs';
import path from 'node:path';

interface Folder {
  readonly watcher: FSWatcher;
  readonly inside: Map<string, Folder>;
}

interface FolderWatchesOptions {
  readonly root: string;
  readonly hear: (folder: string, type: string, name: string | null) => void;
  /** A watch ended by itself. */
  readonly onError: (folder: string) => void;
  readonly onLimit: (message: string) => void;
  readonly most: number;
}

/** The watches of a tree of folders, by path from the root ("" is the root). */
export class FolderWatches {
  readonly #options: FolderWatchesOptions;
  #top: Folder | null = null;
  #size = 0;

  constructor(options: FolderWatchesOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#size;
  }

  has(folder: string): boolean {
    return this.#find(folder) !== null;
  }

  /** Watches a folder, anew if it is watched. False where that is impossible or its parent is not watched. */
  add(folder: string): boolean {
    const parent = folder === '' ? null : this.#find(path.posix.dirname(folder));
    if (folder !== '' && !parent) return false;
    if (this.#size >= this.#options.most) {
      this.#options.onLimit(`more than ${this.#options.most} folders`);
      return false;
    }
    const watcher = this.#watch(folder);
    if (!watcher) return false;
    this.#size++;
    const node: Folder = { watcher, inside: new Map() };
    if (!parent) {
      this.#top = node;
      return true;
    }
    const name = path.posix.basename(folder);
    const before = parent.inside.get(name);
    parent.inside.set(name, node);
    // After the new one: a folder that is still the same keeps its watch without a gap.
    if (before) this.#close(before);
    return true;
  }

  /** Ends the watches of a folder and all below it. */
  remove(folder: string): void {
    const node = this.#find(folder);
    if (!node) return;
    if (folder === '') this.#top = null;
    else this.#find(path.posix.dirname(folder))?.inside.delete(path.posix.basename(folder));
    this.#close(node);
  }

  #watch(folder: string): FSWatcher | null {
    const { root, hear, onError, onLimit } = this.#options;
    try {
      const place = path.join(root, folder);
      const watcher = watch(place, { persistent: false }, (type, name) => hear(folder, type, name));
      watcher.on('error', () => onError(folder));
      return watcher;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'ENOSPC' || code === 'EMFILE' || code === 'ENFILE') onLimit(message);
      return null;
    }
  }

  #find(folder: string): Folder | null {
    let node = this.#top;
    if (folder === '' || folder === '.') return node;
    for (const name of folder.split('/')) node = node?.inside.get(name) ?? null;
    return node;
  }

  #close(node: Folder): void {
    node.watcher.close();
    this.#size--;
    for (const inside of node.inside.values()) this.#close(inside);
    node.inside.clear();
  }
}
