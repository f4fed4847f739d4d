import type { Clock, CpuBudget, Disposable } from '../kernel/index.ts';
import { changedSince } from './changed-since.ts';
import type { IgnoreRules } from './ignore-rules.ts';
import type { FileChange } from './records.ts';

/** The tree is looked at this often at most, and only as the CPU budget allows. */
const POLL_MS = 15_000;
/** After this long watching is to be tried again. */
const RETRY_MS = 10 * 60_000;
/** Times of files come in ticks of some milliseconds. */
const TICK_MS = 50;
/** Measured CPU time of listing a folder and of looking at a file (ms). */
const FOLDER_COST = 0.04;
const FILE_COST = 0.03;

interface TimePollOptions {
  readonly root: string;
  readonly rules: IgnoreRules;
  readonly clock: Clock;
  readonly budget: CpuBudget;
  readonly onChanges: (changes: readonly FileChange[], many: boolean) => void;
  /** It is time to try to watch again; polling has ended. */
  readonly onRetry: () => void;
}

/** Finds changed files by their times, from time to time. What was deleted it does not see. */
export class TimePoll {
  readonly #options: TimePollOptions;
  readonly #retryAt: number;
  #lookedAt: number;
  #cost = 0;
  #timer: Disposable | null = null;
  #ended = false;

  constructor(options: TimePollOptions) {
    this.#options = options;
    this.#lookedAt = options.clock.now();
    this.#retryAt = this.#lookedAt + RETRY_MS;
    this.#later();
  }

  dispose(): void {
    this.#ended = true;
    this.#timer?.dispose();
  }

  #later(): void {
    const delay = Math.max(POLL_MS, this.#options.budget.delayUntilAffordable(this.#cost));
    this.#timer = this.#options.clock.after(delay, () => void this.#look());
  }

  async #look(): Promise<void> {
    const { root, rules, clock, budget, onChanges, onRetry } = this.#options;
    const since = this.#lookedAt - TICK_MS;
    this.#lookedAt = clock.now();
    rules.forget();
    const { paths, many, folders, files } = await changedSince(root, rules, since);
    if (this.#ended) return;
    this.#cost = folders * FOLDER_COST + files * FILE_COST;
    budget.spend(this.#cost);
    if (paths.length > 0) {
      onChanges(
        paths.map((file) => ({ path: file, type: 'update' })),
        many,
      );
    }
    if (clock.now() < this.#retryAt) return this.#later();
    this.dispose();
    onRetry();
  }
}
