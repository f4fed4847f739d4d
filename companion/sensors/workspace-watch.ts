import os from 'node:os';
import path from 'node:path';
import type { Clock, CpuBudget, Disposable, Logger } from '../kernel/index.ts';
import { identity } from './directory-tree.ts';
import { FileSensor } from './file-sensor.ts';
import type { FileWatcher } from './file-watcher.ts';
import { GitWatch } from './git-watch.ts';
import { createIgnoreRules, type IgnoreRules } from './ignore-rules.ts';
import type { FileChange, GitPart, SensorHealth } from './records.ts';
import { findRepositoryPlace, type RepositoryPlace, readBranch } from './repository-place.ts';

/** How often the folder and its repository are looked for. */
export const PRESENCE_MS = 10_000;

export interface WorkspaceWatchOptions {
  readonly workspace: string;
  readonly exclude: readonly string[];
  readonly watcher: FileWatcher;
  readonly clock: Clock;
  readonly budget: CpuBudget;
  readonly logger: Logger;
  readonly onChanges: (changes: readonly FileChange[], many: boolean) => void;
  readonly onBranch: (branch: string | null) => void;
  readonly onGit: (what: GitPart) => void;
  readonly onHealth: (health: SensorHealth) => void;
}

interface Running {
  readonly identity: string;
  readonly place: RepositoryPlace | null;
  readonly rules: IgnoreRules;
  readonly files: FileSensor;
  readonly git: GitWatch | null;
}

/** Watches a workspace and its repository for as long as they exist, and again when they come back. */
export class WorkspaceWatch {
  readonly #options: WorkspaceWatchOptions;
  #running: Running | null = null;
  #health: SensorHealth | null = null;
  #presence: Disposable | null = null;
  /** Starting, checking and stopping happen one after the other. */
  #queue: Promise<void> = Promise.resolve();
  #ended = false;

  constructor(options: WorkspaceWatchOptions) {
    this.#options = options;
  }

  /** Resolves when everything that is there is watched. Never rejects: what goes wrong is told as health. */
  start(): Promise<void> {
    this.#presence = this.#options.clock.every(PRESENCE_MS, () => void this.#enqueue(() => this.#check()));
    return this.#enqueue(() => this.#check());
  }

  /** What may not be recorded now; null while the folder is gone or not yet known. */
  get rules(): IgnoreRules | null {
    return this.#running?.rules ?? null;
  }

  refresh(): void {
    this.#running?.files.refresh();
  }

  async dispose(): Promise<void> {
    this.#ended = true;
    this.#presence?.dispose();
    await this.#enqueue(() => this.#stop());
  }

  #enqueue(task: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(task).catch((error: unknown) => {
      this.#options.logger.error({ error }, 'watching a workspace failed');
    });
    return this.#queue;
  }

  /** Brings watching in line with what is there now. */
  async #check(): Promise<void> {
    if (this.#ended) return;
    const { workspace } = this.#options;
    const now = await identity(workspace).catch(() => null);
    if (now === null) {
      await this.#stop();
      const message = `The folder ${workspace} is gone. Sensing goes on when it is back.`;
      return this.#tellHealth({ state: 'gone', reason: 'missing', message });
    }
    const place = await findRepositoryPlace(workspace);
    const before = this.#running;
    if (before?.identity === now && samePlace(before.place, place)) return before.git?.poll();
    await this.#stop();
    await this.#run(now, place);
    if (before) {
      if (!samePlace(before.place, place)) this.#options.onGit('worktree');
      this.#options.onChanges([], true);
    }
  }

  async #run(id: string, place: RepositoryPlace | null): Promise<void> {
    const { workspace, exclude, watcher, clock, budget, logger, onChanges } = this.#options;
    const rules = createIgnoreRules({
      workspace,
      top: place?.top ?? null,
      exclude,
      files: [userIgnoreFile(), ...(place ? [path.join(place.commonDir, 'info', 'exclude')] : [])],
    });
    const again = () => void this.#enqueue(() => this.#restart());
    let degraded = false;
    const files = new FileSensor({
      root: workspace,
      rules,
      watcher,
      clock,
      budget,
      logger,
      onChanges,
      onGone: again,
      onHealth: (health) => {
        degraded = health.state !== 'ok';
        this.#tellHealth(health);
      },
    });
    const git =
      place && new GitWatch({ place, clock, onSignal: (what) => this.#gitSignal(what), onGone: again });
    this.#running = { identity: id, place, rules, files, git };
    await this.#readBranch();
    await Promise.all([files.start(), git?.start()]);
    if (!degraded) this.#tellHealth({ state: 'ok', reason: 'watching', message: 'Files are being watched.' });
  }

  async #restart(): Promise<void> {
    const known = this.#running;
    await this.#stop();
    await this.#check();
    if (known && this.#running) this.#options.onChanges([], true);
  }

  async #stop(): Promise<void> {
    const running = this.#running;
    this.#running = null;
    running?.git?.dispose();
    await running?.files.dispose();
  }

  #gitSignal(what: GitPart | 'exclude'): void {
    if (what === 'exclude') {
      this.#running?.rules.forget();
      this.refresh();
      return;
    }
    if (what === 'head' || what === 'refs') void this.#readBranch();
    this.#options.onGit(what);
  }

  async #readBranch(): Promise<void> {
    const place = this.#running?.place;
    const branch = place ? await readBranch(place.gitDir) : null;
    if (!this.#ended && place === this.#running?.place) this.#options.onBranch(branch);
  }

  #tellHealth(health: Omit<SensorHealth, 'at'>): void {
    const known = this.#health;
    if (this.#ended || (known?.state === health.state && known.reason === health.reason)) return;
    this.#health = { ...health, at: this.#options.clock.now() };
    this.#options.onHealth(this.#health);
  }
}

function samePlace(a: RepositoryPlace | null, b: RepositoryPlace | null): boolean {
  return a?.top === b?.top && a?.gitDir === b?.gitDir && a?.commonDir === b?.commonDir;
}

/** The user's own ignore file where git looks for it unless it was told another place. */
function userIgnoreFile(): string {
  const config = process.env.XDG_CONFIG_HOME || path.join(os.homedir(), '.config');
  return path.join(config, 'git', 'ignore');
}
