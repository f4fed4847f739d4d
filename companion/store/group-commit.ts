/** Work that waits for the next commit. */
interface Waiting {
  run(): void;
  done(): void;
  failed(error: unknown): void;
}

export interface GroupOptions {
  /** Runs everything in one transaction that is on disk when it returns; throws when nothing was committed. */
  commit(work: () => void): void;
  /** Runs one piece of work so that, when it throws, nothing of it stays. */
  apart(work: () => void): void;
  /** Whether an error of one piece ends the whole transaction, as a full disk does. */
  endsAll(error: unknown): boolean;
}

/** Pieces of work in one commit: what a loaded machine syncs in some tens of milliseconds. */
const LARGEST_GROUP = 256;

/**
 * Group commit: what is asked for within one turn of the event loop is synced to disk together. Each piece
 * answers after the commit, by itself: one that throws undoes its own changes and no others'.
 */
export class GroupCommit {
  readonly #options: GroupOptions;
  #waiting: Waiting[] = [];
  #scheduled = false;

  constructor(options: GroupOptions) {
    this.#options = options;
  }

  /** Resolves with what `work` returned once that is on disk; rejects with what it threw. */
  add<T>(work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      let result: T;
      this.#waiting.push({
        run: () => {
          result = work();
        },
        done: () => resolve(result),
        failed: reject,
      });
      if (this.#scheduled) return;
      this.#scheduled = true;
      setImmediate(() => {
        this.#scheduled = false;
        this.flush();
      });
    });
  }

  /** Commits now whatever waits. */
  flush(): void {
    while (this.#waiting.length > 0) this.#commit(this.#waiting.splice(0, LARGEST_GROUP));
  }

  #commit(group: readonly Waiting[]): void {
    const refused = new Map<Waiting, unknown>();
    try {
      this.#options.commit(() => {
        for (const each of group) {
          try {
            this.#options.apart(() => each.run());
          } catch (error) {
            if (this.#options.endsAll(error)) throw error;
            refused.set(each, error);
          }
        }
      });
    } catch (error) {
      for (const each of group) refused.set(each, refused.get(each) ?? error);
    }
    for (const each of group) {
      if (refused.has(each)) each.failed(refused.get(each));
      else each.done();
    }
  }
}
