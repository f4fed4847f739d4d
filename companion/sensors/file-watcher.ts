import type { Clock, Logger } from '../kernel/index.ts';
import { directoryWatcher } from './directory-watcher.ts';
import type { IgnoreRules } from './ignore-rules.ts';
import { nativeWatcher } from './native-watcher.ts';
import type { FileChange } from './records.ts';

/** Why watching no longer shows everything. */
export type WatchTrouble =
  /** The root is gone or is another folder now. */
  | { readonly kind: 'gone' }
  /** The system allows no more watches; nothing is watched now. */
  | { readonly kind: 'limit'; readonly message: string }
  /** Events were lost, watching goes on after a `refresh`. */
  | { readonly kind: 'overflow'; readonly message: string };

export interface WatchListener {
  /** Changes of files that the rules let through, in batches some 50 ms long; one a path and batch. */
  changes(batch: readonly FileChange[]): void;
  trouble(trouble: WatchTrouble): void;
}

export interface WatchTarget {
  /** Absolute. */
  readonly root: string;
  readonly rules: IgnoreRules;
}

/** A running watch. */
export interface Watch {
  /** How many folders it covers; 0 where the system counts for itself. */
  readonly folders: number;
  /** Looks at the tree anew: after lost events, or when the rules changed. Events keep coming meanwhile. */
  refresh(): Promise<void>;
  dispose(): Promise<void>;
}

/** The edge to the system's file events; tests use a fake. Rejects when the root cannot be watched at all. */
export interface FileWatcher {
  watch(target: WatchTarget, listener: WatchListener): Promise<Watch>;
}

interface FileWatcherOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly platform?: NodeJS.Platform;
}

/** Watches with what the platform does well (docs/adr/0002-watcher.md). */
export function createFileWatcher(options: FileWatcherOptions): FileWatcher {
  const platform = options.platform ?? process.platform;
  return platform === 'darwin' || platform === 'win32' ? nativeWatcher(options) : directoryWatcher(options);
}
