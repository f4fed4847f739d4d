import type { Disposable } from '../kernel/index.ts';
import type { WheelOptions } from './parts.ts';
import { isOpen, isWaiting } from './run-machine.ts';
import { type StoredRun, unsettledRuns } from './run-row.ts';

const MINUTE = 60_000;

/** Watches for runs that have had their time: a preview that nobody answers, an undo window that closes. */
export class Deadlines {
  readonly #options: Pick<WheelOptions, 'mind' | 'clock' | 'logger'>;
  readonly #over: (run: StoredRun) => void;
  #due: Disposable | null = null;
  #disposed = false;

  /** `over`: a run has had its time. */
  constructor(options: Pick<WheelOptions, 'mind' | 'clock' | 'logger'>, over: (run: StoredRun) => void) {
    this.#options = options;
    this.#over = over;
  }

  /** Deadlines may be others now. */
  changed(): void {
    const { mind, clock } = this.#options;
    this.#due?.dispose();
    if (this.#disposed) return;
    const times = mind.read(unsettledRuns).flatMap((run) => deadlineOf(run) ?? []);
    const next = Math.min(...times) - clock.now();
    // A clock that was set back, or a deadline that could not be kept, is looked at again in any case.
    this.#due = times.length === 0 ? null : clock.after(Math.max(1, next), () => this.sweep());
  }

  sweep(): void {
    const { mind, clock, logger } = this.#options;
    const now = clock.now();
    try {
      for (const run of mind.read(unsettledRuns)) {
        const deadline = deadlineOf(run);
        if (deadline !== null && deadline <= now) this.#over(run);
      }
    } catch (error) {
      logger.warn({ error: String(error) }, 'runs could not be let go; they are looked at again');
      this.#due?.dispose();
      this.#due = clock.after(MINUTE, () => this.sweep());
      return;
    }
    this.changed();
  }

  dispose(): void {
    this.#disposed = true;
    this.#due?.dispose();
  }
}

/** When a run has had its time; null while it is at work, and while a click counts down. */
export function deadlineOf({ status, expiresAt, undoUntil, consent, undoing }: StoredRun): number | null {
  if (isOpen(status)) return undoing === null ? undoUntil : null;
  return isWaiting(status) && consent === null ? expiresAt : null;
}
