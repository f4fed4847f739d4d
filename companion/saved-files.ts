import path from 'node:path';
import type { Clock } from './kernel/index.ts';
import type { EditorSignal } from './protocol/index.ts';

/** So many files are remembered, the newest; and so long, which is longer than a run may act. */
const MOST_FILES = 5000;
const KEPT_MS = 6 * 60 * 60 * 1000;

/**
 * Files that editors told to have been saved, by place, with when; in memory only. A run that is taken back leaves them
 * alone: its programs have not made them what they are.
 */
export class SavedFiles {
  readonly #clock: Clock;
  /** In the order of the telling. */
  readonly #at = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** `root`: absolute, what the signals' files are relative to. */
  heard(root: string, signals: readonly EditorSignal[]): void {
    const now = this.#clock.now();
    for (const signal of signals) {
      if (signal.kind !== 'save') continue;
      const place = path.join(root, signal.file);
      const at = Math.max(Math.min(signal.at, now), this.#at.get(place) ?? 0);
      this.#at.delete(place);
      this.#at.set(place, at);
    }
    for (const [place, at] of this.#at) {
      if (this.#at.size <= MOST_FILES && at > now - KEPT_MS) break;
      this.#at.delete(place);
    }
  }

  /** Paths from `root`, with forward slashes, of what was saved below it since then (ms). */
  since(root: string, since: number): ReadonlySet<string> {
    return new Set(
      [...this.#at]
        .filter(([, at]) => at >= since)
        .map(([place]) => path.relative(root, place))
        .filter((file) => file !== '' && file !== '..' && !file.startsWith(`..${path.sep}`))
        .filter((file) => !path.isAbsolute(file))
        .map((file) => file.split(path.sep).join('/')),
    );
  }

  /** What is remembered of a folder goes. */
  forget(root: string): void {
    for (const file of this.since(root, 0)) this.#at.delete(path.join(root, file));
  }
}
