import type { Clock } from '../kernel/index.ts';
import { DirectoryTree, type TreeOptions } from './directory-tree.ts';
import type { FileWatcher, Watch, WatchListener, WatchTarget } from './file-watcher.ts';
import { mayRecord } from './ignore-rules.ts';
import { watchAllowance } from './watch-allowance.ts';

/** Watches folder by folder (inotify on Linux). Ignored folders are never entered and cost nothing. */
export function directoryWatcher(options: {
  readonly clock: Clock;
  readonly maxFolders?: number;
}): FileWatcher {
  const maxFolders = options.maxFolders ?? watchAllowance();
  return {
    async watch(target, listener) {
      const running = new DirectoryWatch({ clock: options.clock, maxFolders }, target, listener);
      await running.refresh();
      return running;
    },
  };
}

class DirectoryWatch implements Watch {
  readonly #tree: () => DirectoryTree;
  #current: DirectoryTree | null = null;
  #ended = false;

  constructor(
    limits: Pick<TreeOptions, 'clock' | 'maxFolders'>,
    target: WatchTarget,
    listener: WatchListener,
  ) {
    const { root, rules } = target;
    this.#tree = () =>
      new DirectoryTree({
        ...limits,
        root,
        enters: (folder) => !rules.ignoresFolder(folder),
        // Until it is known whether a name is a file or a folder, both rules must forbid it to drop it.
        admits: (entry) => !rules.ignoresFile(entry) || !rules.ignoresFolder(entry),
        onChanges: (changes) => {
          const files = changes.filter((change) => mayRecord(rules, change));
          if (files.length > 0) listener.changes(files);
        },
        onGone: () => listener.trouble({ kind: 'gone' }),
        onLimit: (message) => listener.trouble({ kind: 'limit', message }),
      });
  }

  get folders(): number {
    return this.#current?.folders ?? 0;
  }

  async refresh(): Promise<void> {
    const next = this.#tree();
    try {
      await next.start();
    } catch (error) {
      next.dispose();
      throw error;
    }
    if (this.#ended) return next.dispose();
    this.#current?.finish();
    this.#current = next;
  }

  async dispose(): Promise<void> {
    this.#ended = true;
    this.#current?.dispose();
  }
}
