import type { Clock, Disposable } from '../kernel/index.ts';
import type { GitPart, SensorChange } from './records.ts';

/** A change waits this long for what belongs to it, and this long since the last telling of its kind. */
export const SETTLE_MS = 100;
export const TELL_EVERY_MS = 1_000;
/** More paths than this are not named. */
export const NAMED_PATHS = 100;

type Subject = 'files' | GitPart;

/** Tells other rooms what changed: at once after quiet, then at most once a second for each subject. */
export class ChangeFeed {
  readonly #clock: Clock;
  readonly #tell: (change: SensorChange) => void;
  readonly #paths = new Set<string>();
  #many = false;
  readonly #timers = new Map<Subject, Disposable>();
  readonly #lastTold = new Map<Subject, number>();

  constructor(clock: Clock, tell: (change: SensorChange) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  /** No path at all means that many changed. */
  files(paths: readonly string[]): void {
    if (paths.length === 0) this.#many = true;
    for (const path of paths) {
      if (this.#paths.size >= NAMED_PATHS && !this.#paths.has(path)) this.#many = true;
      else this.#paths.add(path);
    }
    this.#schedule('files');
  }

  git(what: GitPart): void {
    this.#schedule(what);
  }

  dispose(): void {
    for (const timer of this.#timers.values()) timer.dispose();
    this.#timers.clear();
  }

  #schedule(subject: Subject): void {
    if (this.#timers.has(subject)) return;
    const since = this.#clock.now() - (this.#lastTold.get(subject) ?? -Infinity);
    const delay = Math.max(SETTLE_MS, TELL_EVERY_MS - since);
    this.#timers.set(
      subject,
      this.#clock.after(delay, () => this.#now(subject)),
    );
  }

  #now(subject: Subject): void {
    this.#timers.delete(subject);
    this.#lastTold.set(subject, this.#clock.now());
    if (subject !== 'files') {
      this.#tell({ kind: 'git', what: subject });
      return;
    }
    const change: SensorChange = { kind: 'files', paths: [...this.#paths], many: this.#many };
    this.#paths.clear();
    this.#many = false;
    this.#tell(change);
  }
}
