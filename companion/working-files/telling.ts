import type { Clock } from '../kernel/index.ts';
import type { Health } from '../protocol/index.ts';
import type { SyncReport } from './sync-report.ts';

const LEVELS = { rejected: 'warning', failed: 'warning', notes: 'info' } as const;

export interface TellingOptions {
  clock: Clock;
  workspacePath: string;
  onHealth(health: Health): void;
}

/** Tells as health what the user must know, and the same thing once for as long as it lasts. */
export class Telling {
  readonly #options: TellingOptions;
  readonly #standing = new Map<string, string>();
  #said = new Set<string>();

  constructor(options: TellingOptions) {
    this.#options = options;
  }

  /** Says how a matter stands, if that is new; null when there is nothing to say of it any more. */
  say(matter: string, level: Health['level'], message: string | null): void {
    if (message === null) this.#standing.delete(matter);
    else if (this.#standing.get(matter) !== message) {
      this.#standing.set(matter, message);
      this.#tell(level, message);
    }
  }

  /** Says what a sync found; what the sync before found as well was said then. */
  sayOf(report: SyncReport): void {
    const before = this.#said;
    this.#said = new Set();
    for (const kind of ['rejected', 'failed', 'notes'] as const) {
      for (const { message } of report[kind]) {
        this.#said.add(message);
        if (!before.has(message)) this.#tell(LEVELS[kind], message);
      }
    }
  }

  #tell(level: Health['level'], message: string): void {
    const { clock, workspacePath, onHealth } = this.#options;
    onHealth({ subject: `working-files:${workspacePath}`, level, message, at: clock.now() });
  }
}
