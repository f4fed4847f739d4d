import type { Clock, Disposable } from '../../companion/kernel/index.ts';
import type { WheelRun } from '../../companion/protocol/index.ts';

export interface SightOptions {
  readonly clock: Clock;
  /** The run whose preview is the active editor of this window, which has the focus; null where there is none. */
  inSight(): { readonly run: string; readonly digest: string } | null;
  tell(run: string, digest: string, visible: boolean): void;
}

/** How often the companion is told. Silence that nobody vouches for stops counting there. */
export const SEEN_MS = 1000;

/**
 * Vouches that a countdown whose silence is consent is in sight: once a second, as long as it is, and once more, at
 * once, when it is not any more.
 */
export class Sight implements Disposable {
  readonly #options: SightOptions;
  #runs: readonly WheelRun[] = [];
  #vouching: { readonly run: string; readonly digest: string; readonly beat: Disposable } | null = null;

  constructor(options: SightOptions) {
    this.#options = options;
  }

  /** The runs as they stand now. */
  show(runs: readonly WheelRun[]): void {
    this.#runs = runs;
    this.look();
  }

  /** Something has changed: the focus, the active editor, what a page shows. */
  look(): void {
    const seen = this.#seen();
    const now = this.#vouching;
    if (now && seen?.run === now.run && seen.digest === now.digest) return;
    if (now) {
      this.#vouching = null;
      now.beat.dispose();
      this.#options.tell(now.run, now.digest, false);
    }
    if (!seen) return;
    const { run, digest } = seen;
    const beat = this.#options.clock.every(SEEN_MS, () => {
      this.look();
      if (this.#vouching?.run === run && this.#vouching.digest === digest)
        this.#options.tell(run, digest, true);
    });
    this.#vouching = { run, digest, beat };
    this.#options.tell(run, digest, true);
  }

  dispose(): void {
    const now = this.#vouching;
    this.#vouching = null;
    now?.beat.dispose();
    if (now) this.#options.tell(now.run, now.digest, false);
  }

  #seen(): { run: string; digest: string } | null {
    const sight = this.#options.inSight();
    if (!sight) return null;
    const run = this.#runs.find(({ id }) => id === sight.run);
    if (run?.status !== 'counting' || run.countdown?.consent !== 'silence' || run.digest === null)
      return null;
    // What was opened for another preview shows something else than what would be done.
    if (sight.digest !== run.digest) return null;
    return { run: run.id, digest: run.digest };
  }
}
