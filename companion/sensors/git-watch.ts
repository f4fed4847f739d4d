import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../kernel/index.ts';
import { DirectoryTree } from './directory-tree.ts';
import type { GitPart } from './records.ts';
import type { RepositoryPlace } from './repository-place.ts';

/** "exclude" is a change of `info/exclude`, which is about ignore rules and goes no further. */
type GitSignal = GitPart | 'exclude';

/** More folders of refs than this are not watched one by one. */
const MOST_FOLDERS = 2_000;

const OPERATIONS = new Set([
  'MERGE_HEAD',
  'CHERRY_PICK_HEAD',
  'REVERT_HEAD',
  'BISECT_LOG',
  'rebase-merge/head-name',
  'rebase-apply/head-name',
]);

/** What a file of a git folder tells about; null for locks, objects, hooks and all else. Pure. */
export function gitSignalOf(entry: string): GitSignal | null {
  if (entry.endsWith('.lock')) return null;
  if (entry === 'HEAD' || OPERATIONS.has(entry)) return 'head';
  if (entry === 'index') return 'index';
  if (entry === 'packed-refs') return 'refs';
  if (entry === 'refs/stash' || entry === 'logs/refs/stash') return 'stash';
  if (entry === 'info/exclude') return 'exclude';
  if (/^worktrees\/[^/]+\/HEAD$/.test(entry)) return 'worktree';
  return /^(?:refs|reftable)\//.test(entry) ? 'refs' : null;
}

/** The folders of a git folder where something is told. Never `objects`: it is busy and tells nothing. */
export function isToldFolder(folder: string): boolean {
  return /^(?:refs(?:\/.*)?|reftable|logs|logs\/refs|info|worktrees|worktrees\/[^/]+|rebase-(?:merge|apply))$/s.test(
    folder,
  );
}

interface GitWatchOptions {
  readonly place: RepositoryPlace;
  readonly clock: Clock;
  readonly onSignal: (what: GitSignal) => void;
  /** The git folder is gone. */
  readonly onGone: () => void;
  readonly maxFolders?: number;
}

/** Watches chosen parts of a repository's git folder. It reads no objects and runs no git. */
export class GitWatch {
  readonly #options: GitWatchOptions;
  #trees: DirectoryTree[] = [];
  #polling: Map<string, string> | null = null;

  constructor(options: GitWatchOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { gitDir, commonDir } = this.#options.place;
    for (const root of new Set([gitDir, commonDir])) {
      const tree = this.#tree(root);
      this.#trees.push(tree);
      try {
        await tree.start();
      } catch {
        tree.dispose();
        await this.#beginPolling();
      }
    }
  }

  /** Where the system grants no watches, this looks at the times of the most telling files instead. */
  async poll(): Promise<void> {
    if (!this.#polling) return;
    const before = this.#polling;
    this.#polling = await this.#times();
    for (const [entry, time] of this.#polling) {
      if (before.get(entry) !== time) this.#tell(entry);
    }
  }

  dispose(): void {
    for (const tree of this.#trees) tree.dispose();
    this.#trees = [];
    this.#polling = null;
  }

  #tree(root: string): DirectoryTree {
    return new DirectoryTree({
      root,
      clock: this.#options.clock,
      enters: isToldFolder,
      admits: (entry) => gitSignalOf(entry) !== null || isToldFolder(entry),
      onChanges: (changes) => {
        const told = new Set(changes.map((change) => gitSignalOf(change.path)));
        for (const what of told) if (what) this.#options.onSignal(what);
      },
      onGone: () => this.#options.onGone(),
      onLimit: () => void this.#beginPolling(),
      maxFolders: this.#options.maxFolders ?? MOST_FOLDERS,
    });
  }

  async #beginPolling(): Promise<void> {
    this.#polling ??= await this.#times();
  }

  #tell(entry: string): void {
    // The log of HEAD moves with every commit, whatever ref it is on.
    const what = entry === 'logs/HEAD' ? 'refs' : gitSignalOf(entry);
    if (what) this.#options.onSignal(what);
  }

  async #times(): Promise<Map<string, string>> {
    const { gitDir, commonDir } = this.#options.place;
    const times = new Map<string, string>();
    for (const entry of ['HEAD', 'index', 'logs/HEAD', 'packed-refs', 'logs/refs/stash']) {
      const folder = entry.endsWith('refs') || entry.endsWith('stash') ? commonDir : gitDir;
      const found = await stat(path.join(folder, entry)).catch(() => null);
      times.set(entry, found ? `${found.mtimeMs}:${found.size}` : '');
    }
    return times;
  }
}
