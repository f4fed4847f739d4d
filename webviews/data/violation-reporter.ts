import type { Violation } from '../../companion/protocol/index.ts';
import type { Blocked } from '../model/violation.ts';
import { violationOf } from '../model/violation.ts';
import type { Clock } from './clock.ts';

/** A page that goes wild says one thing a second, with how often. */
const EVERY_MS = 1000;
/** Sorts that are kept apart; what goes beyond is counted with the last of them. */
const SORTS = 30;
const MOST_TIMES = 1_000_000;

export interface ViolationReporterOptions {
  readonly clock: Clock;
  /** Rejects where it could not be told; then it is told later. */
  tell(violation: Violation): Promise<unknown>;
}

/** Gathers what the policy of the page blocked, and tells the companion: each one counted, one call a second. */
export class ViolationReporter {
  readonly #options: ViolationReporterOptions;
  readonly #waiting = new Map<string, Violation>();
  #busy = false;
  /** Somebody asked while it was busy. */
  #asked = false;

  constructor(options: ViolationReporterOptions) {
    this.#options = options;
  }

  note(blocked: Blocked): void {
    const violation = violationOf(blocked);
    if (violation) this.#add({ ...violation, times: 1 });
    this.flush();
  }

  /** Tells what waits; also to be called when there is a connection again. */
  flush(): void {
    if (this.#busy) {
      this.#asked = true;
      return;
    }
    const [next] = this.#waiting;
    if (!next) return;
    const [key, violation] = next;
    this.#waiting.delete(key);
    this.#busy = true;
    this.#asked = false;
    const { clock, tell } = this.#options;
    const rest = (again: boolean) =>
      clock.after(EVERY_MS, () => {
        this.#busy = false;
        if (again || this.#asked) this.flush();
      });
    tell(violation).then(
      () => rest(true),
      () => {
        this.#add(violation);
        // The next connection, or the next violation, tries it again.
        rest(false);
      },
    );
  }

  #add(violation: Violation): void {
    const { directive, blocked, source, line } = violation;
    const own = JSON.stringify([directive, blocked, source, line]);
    const last = [...this.#waiting.keys()].at(-1);
    const key = this.#waiting.has(own) || this.#waiting.size < SORTS || !last ? own : last;
    const known = this.#waiting.get(key);
    const times = Math.min(MOST_TIMES, (known?.times ?? 0) + violation.times);
    this.#waiting.set(key, { ...(known ?? violation), times });
  }
}
