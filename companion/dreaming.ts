import { isAlive } from './client/node.ts';
import { DreamSchedule, Dreams, linesOf, minuteOf } from './dream/index.ts';
import { reportOf, type Told } from './dream-report.ts';
import { type DreamParts, dreamStages } from './dream-stages.ts';
import type { ToLocal } from './interruption/index.ts';
import type { Jobs } from './jobs/index.ts';
import type { Clock, Disposable, Logger } from './kernel/index.ts';
import type { Dream, DreamAnswer, Settings } from './protocol/index.ts';

export interface DreamingOptions extends Omit<DreamParts, 'dateOf'> {
  readonly jobs: Jobs;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly instance: string;
  readonly local: ToLocal;
  settings(): Settings;
  readOnly(): boolean;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** By which a dream's day is told where it never begins by itself. */
const DESIGNED = '02:00';

/** The dreams of the creator's mind: when they begin, what they are made of, what is told of them. */
export class Dreaming implements Disposable {
  readonly #options: DreamingOptions;
  readonly #dreams: Dreams;
  readonly #schedule: DreamSchedule;
  readonly #told: Told;

  constructor(options: DreamingOptions) {
    this.#options = options;
    const { settings, local } = options;
    const dateOf = (at: number) => new Date(local(at).day * DAY_MS).toISOString().slice(0, 10);
    const stages = dreamStages({ ...options, dateOf });
    const titles = new Map(stages.map(({ name, title }) => [name, title]));
    this.#told = { stages, titles, dateOf };
    this.#dreams = new Dreams({
      ...options,
      pid: process.pid,
      isAlive,
      stages,
      rules: () => ({
        at: minuteOf(settings().dream.at || DESIGNED)!,
        dayStartsAt: settings().loops.dayStartsAt,
        local,
      }),
      leastMinutes: () => settings().dream.materialMinutes,
      readOnly: () => options.readOnly(),
      words: (results) => linesOf(results, titles).join(' '),
    });
    this.#schedule = new DreamSchedule({
      ...options,
      dreams: this.#dreams,
      wanted: () => settings().dream.at !== '',
      readOnly: () => options.readOnly(),
      idleMs: () => settings().dream.idleMinutes * 60_000,
    });
  }

  /** A sign of life in any workspace: no dream begins by itself while somebody is at work. */
  alive(): void {
    this.#schedule.alive();
  }

  /** Throws `read_only`. */
  run(input: { force: boolean }): DreamAnswer {
    return this.#dreams.request({ asked: 'person', force: input.force });
  }

  last(): Dream | null {
    return this.list(1)[0] ?? null;
  }

  /** Newest first. */
  list(limit: number): Dream[] {
    const rows = this.#dreams.list(limit);
    return this.#options.mind.read((reader) => rows.map((row) => reportOf(reader, row, this.#told)));
  }

  dispose(): void {
    this.#schedule.dispose();
  }
}
