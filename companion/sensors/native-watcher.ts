import { lstatSync } from 'node:fs';
import path from 'node:path';
import type { AsyncSubscription, Event } from '@parcel/watcher';
import type { Logger } from '../kernel/index.ts';
import type { FileWatcher, Watch, WatchListener, WatchTarget } from './file-watcher.ts';
import { mayRecord } from './ignore-rules.ts';
import type { FileChange } from './records.ts';

/**
 * What never reaches us: the native side matches it itself. One pattern for the busiest folders only, because
 * each is tried on each path, at some ten microseconds; the rest is dropped by the rules.
 */
const BUSY = '**/{node_modules,.git}/**';

/** A batch larger than this is a storm: its entries are not looked at one by one. */
const LOOKED_AT = 1_000;

/** Watches a tree with one native subscription (FSEvents on macOS, ReadDirectoryChangesW on Windows). */
export function nativeWatcher(options: { readonly logger: Logger }): FileWatcher {
  return {
    async watch(target, listener) {
      const running = new NativeWatch(target, listener, options.logger);
      await running.refresh();
      return running;
    },
  };
}

class NativeWatch implements Watch {
  readonly folders = 0;
  readonly #target: WatchTarget;
  readonly #listener: WatchListener;
  readonly #logger: Logger;
  #subscription: AsyncSubscription | null = null;
  #ended = false;

  constructor(target: WatchTarget, listener: WatchListener, logger: Logger) {
    this.#target = target;
    this.#listener = listener;
    this.#logger = logger;
  }

  async refresh(): Promise<void> {
    await this.#unsubscribe();
    if (this.#ended) return;
    const { subscribe } = await import('@parcel/watcher');
    const ignore = [BUSY];
    const subscription = await subscribe(this.#target.root, (error, events) => this.#hear(error, events), {
      ignore,
    });
    this.#subscription = subscription;
    if (this.#ended) await this.#unsubscribe();
  }

  async dispose(): Promise<void> {
    this.#ended = true;
    await this.#unsubscribe();
  }

  #hear(error: Error | null, events: readonly Event[]): void {
    if (this.#ended) return;
    if (error) {
      this.#listener.trouble({ kind: 'overflow', message: error.message });
      return;
    }
    const { root, rules } = this.#target;
    if (events.some((event) => event.type === 'delete' && event.path === root)) {
      this.#listener.trouble({ kind: 'gone' });
      return;
    }
    const look = events.length <= LOOKED_AT;
    const changes: FileChange[] = [];
    for (const event of events) {
      const file = path.relative(root, event.path).split(path.sep).join('/');
      const change: FileChange = { path: file, type: event.type };
      if (file === '' || !mayRecord(rules, change)) continue;
      if (look && event.type !== 'delete' && isFolder(event.path)) continue;
      changes.push(change);
    }
    if (changes.length > 0) this.#listener.changes(changes);
  }

  async #unsubscribe(): Promise<void> {
    const subscription = this.#subscription;
    this.#subscription = null;
    try {
      await subscription?.unsubscribe();
    } catch (error) {
      // The folder of a watch was deleted before: the system removed the watch itself.
      if (!String((error as Error).message).startsWith('Unable to remove watcher: Invalid argument')) {
        this.#logger.warn({ error }, 'a watch could not be ended');
      }
    }
  }
}

function isFolder(place: string): boolean {
  return lstatSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
