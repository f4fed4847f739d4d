import path from 'node:path';
import type { Clock, CpuBudget, Disposable, Logger } from '../kernel/index.ts';
import type { FileWatcher, Watch, WatchTrouble } from './file-watcher.ts';
import type { IgnoreRules } from './ignore-rules.ts';
import type { FileChange, SensorHealth } from './records.ts';
import { TimePoll } from './time-poll.ts';

/** A refresh waits this long for more of what asked for it. */
const REFRESH_AFTER_MS = 300;
/** Measured CPU time of listing and watching a folder (ms). */
const FOLDER_COST = 0.04;

export interface FileSensorOptions {
  readonly root: string;
  readonly rules: IgnoreRules;
  readonly watcher: FileWatcher;
  readonly clock: Clock;
  readonly budget: CpuBudget;
  readonly logger: Logger;
  /** An empty batch means that more changed than can be named. */
  readonly onChanges: (changes: readonly FileChange[], many: boolean) => void;
  readonly onGone: () => void;
  readonly onHealth: (health: Omit<SensorHealth, 'at'>) => void;
}

/** Sees the files of one folder that is there: by watching it or, where that is refused, by looking at times. */
export class FileSensor {
  readonly #options: FileSensorOptions;
  #watch: Watch | null = null;
  #poll: TimePoll | null = null;
  #timer: Disposable | null = null;
  #ended = false;

  constructor(options: FileSensorOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { root, rules, watcher } = this.#options;
    try {
      const watch = await watcher.watch(
        { root, rules },
        { changes: (batch) => this.#hear(batch), trouble: (trouble) => this.#trouble(trouble) },
      );
      if (this.#ended || this.#poll) await watch.dispose();
      else this.#watch = watch;
    } catch (error) {
      this.#options.logger.warn({ error }, 'a folder cannot be watched');
      this.#resort('watch_failed', (error as Error).message);
    }
    this.#options.budget.spend(this.#refreshCost());
  }

  /** Looks at the tree anew, soon: after a storm, or when ignore rules changed. */
  refresh(): void {
    if (this.#ended || this.#timer || !this.#watch) return;
    const delay = Math.max(REFRESH_AFTER_MS, this.#options.budget.delayUntilAffordable(this.#refreshCost()));
    this.#timer = this.#options.clock.after(delay, () => void this.#refreshNow());
  }

  async dispose(): Promise<void> {
    this.#ended = true;
    this.#timer?.dispose();
    this.#poll?.dispose();
    const watch = this.#watch;
    this.#watch = null;
    await watch?.dispose();
  }

  #refreshCost(): number {
    return 5 + (this.#watch?.folders ?? 0) * FOLDER_COST;
  }

  #hear(batch: readonly FileChange[]): void {
    if (this.#ended) return;
    if (batch.some(({ path: file }) => path.posix.basename(file) === '.gitignore')) {
      this.#options.rules.forget();
      this.refresh();
    }
    this.#options.onChanges(batch, false);
  }

  #trouble(trouble: WatchTrouble): void {
    if (this.#ended) return;
    if (trouble.kind === 'gone') this.#options.onGone();
    if (trouble.kind === 'limit') this.#resort('watch_limit', trouble.message);
    if (trouble.kind === 'overflow') {
      this.#options.onHealth({
        state: 'degraded',
        reason: 'overflow',
        message: `The system dropped file events (${trouble.message}). The folder is being looked at anew.`,
      });
      this.refresh();
    }
  }

  async #refreshNow(): Promise<void> {
    this.#timer = null;
    this.#options.budget.spend(this.#refreshCost());
    try {
      await this.#watch?.refresh();
    } catch (error) {
      if (this.#ended) return;
      return this.#resort('watch_failed', (error as Error).message);
    }
    if (this.#ended || this.#poll) return;
    this.#options.onChanges([], true);
    this.#options.onHealth({ state: 'ok', reason: 'watching', message: 'Files are being watched.' });
  }

  /** Goes over to looking at times. */
  #resort(reason: 'watch_limit' | 'watch_failed', detail: string): void {
    if (this.#ended || this.#poll) return;
    void this.#watch?.dispose();
    this.#watch = null;
    this.#timer?.dispose();
    this.#timer = null;
    const cure =
      process.platform === 'linux' && reason === 'watch_limit'
        ? ' To watch it, raise fs.inotify.max_user_watches (or max_user_instances) with sysctl, or exclude folders.'
        : '';
    this.#options.onHealth({
      state: 'degraded',
      reason,
      message: `This folder cannot be watched (${detail}); it is looked at from time to time instead, so edits show late.${cure}`,
    });
    this.#poll = new TimePoll({ ...this.#options, onRetry: () => void this.#tryAgain() });
  }

  async #tryAgain(): Promise<void> {
    this.#poll = null;
    await this.start();
    if (!this.#watch) return;
    this.#options.onHealth({ state: 'ok', reason: 'watching', message: 'Files are being watched again.' });
  }
}
