import type { Clock, Disposable, Logger } from '../kernel/index.ts';
import type { Mind } from '../store/index.ts';

/** Of what was recalled, so many count as read. */
const READ = 10;
const SETTLES_MS = 2000;

/** Notes what was recalled and when, a little later and together: it only keeps records from fading. */
export class Accesses {
  readonly #mind: Mind;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #seen = new Map<string, { at: number; times: number }>();
  #timer: Disposable | null = null;

  constructor(mind: Mind, clock: Clock, logger: Logger) {
    this.#mind = mind;
    this.#clock = clock;
    this.#logger = logger;
  }

  /** `ids`: best first. */
  note(ids: readonly string[]): void {
    const at = this.#clock.now();
    for (const id of ids.slice(0, READ))
      this.#seen.set(id, { at, times: (this.#seen.get(id)?.times ?? 0) + 1 });
    if (this.#seen.size > 0) this.#timer ??= this.#clock.after(SETTLES_MS, () => this.flush());
  }

  flush(): void {
    this.#timer?.dispose();
    this.#timer = null;
    if (this.#seen.size === 0) return;
    const seen = [...this.#seen];
    this.#seen.clear();
    try {
      this.#mind.record((writer) => {
        const sql = 'UPDATE memories SET last_accessed = ?, access_count = access_count + ? WHERE id = ?';
        for (const [id, { at, times }] of seen) writer.run(sql, at, times, id);
      });
    } catch (error) {
      this.#logger.warn({ error: String(error) }, 'what was recalled could not be noted');
    }
  }

  dispose(): void {
    this.flush();
  }
}
