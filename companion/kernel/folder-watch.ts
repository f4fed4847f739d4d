import { type FSWatcher, statSync, watch } from 'node:fs';
import type { Clock, Disposable } from './clock.ts';

export interface FolderWatchOptions {
  clock: Clock;
  debounceMs: number;
  /** Which files of the folder are watched. */
  names(name: string): boolean;
  /** Called after such a file may have changed and `debounceMs` of quiet. */
  onChange(): void;
  /** Called where watching fails; edits are then found by the next sync. */
  onFailure(error: unknown): void;
}

/** Watches one small folder for edits by hand. */
export class FolderWatch {
  readonly #options: FolderWatchOptions;
  #watcher: FSWatcher | null = null;
  #watched = '';
  #pending: Disposable | null = null;
  #failed = false;

  constructor(options: FolderWatchOptions) {
    this.#options = options;
  }

  /** Watches this folder from now on. Cheap when it does already; a folder that was made anew is another. */
  watch(folder: string): void {
    const identity = identityOf(folder);
    if (identity === this.#watched) return;
    this.#close();
    if (identity === null) return;
    try {
      const watcher = watch(folder, { persistent: false }, (_event, name) => this.#onEvent(name));
      watcher.on('error', (error) => this.#fail(error));
      this.#watcher = watcher;
      this.#watched = identity;
    } catch (error) {
      this.#fail(error);
    }
  }

  dispose(): void {
    this.#close();
    this.#pending?.dispose();
  }

  #onEvent(name: string | null): void {
    // Some platforms do not say which file it was.
    if (name !== null && !this.#options.names(name)) return;
    this.#pending?.dispose();
    this.#pending = this.#options.clock.after(this.#options.debounceMs, this.#options.onChange);
  }

  #fail(error: unknown): void {
    this.#close();
    if (!this.#failed) this.#options.onFailure(error);
    this.#failed = true;
  }

  #close(): void {
    this.#watcher?.close();
    this.#watcher = null;
    this.#watched = '';
  }
}

function identityOf(folder: string): string | null {
  // A folder made anew may be given the number of the one before.
  const stats = statSync(folder, { throwIfNoEntry: false });
  return stats?.isDirectory() ? `${folder} ${stats.dev} ${stats.ino} ${stats.birthtimeMs}` : null;
}
