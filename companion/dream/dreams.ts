import type { Jobs } from '../jobs/index.ts';
import { ago, type Clock, type Logger } from '../kernel/index.ts';
import { type Job, ProgenyError } from '../protocol/index.ts';
import type { Mind } from '../store/index.ts';
import { type Asked, DreamLog, type DreamRow } from './dream-log.ts';
import { type Holder, isFree, RENEW_MS } from './lease.ts';
import { newestRecord, newMinutes } from './material.ts';
import { dreamDay, type NightRules } from './night.ts';
import { runStages } from './run.ts';
import type { Results, Stage } from './stage.ts';

export interface DreamsOptions extends Holder {
  readonly mind: Mind;
  readonly jobs: Jobs;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly stages: readonly Stage[];
  rules(): NightRules;
  /** So many minutes of new material are worth a dream. */
  leastMinutes(): number;
  readOnly(): boolean;
  /** What it did, in one sentence. */
  words(results: Results): string;
}

/** What became of a request to dream. */
export interface Answer {
  /** The job that tells its progress; null where there is nothing to do. */
  readonly job: Job | null;
  /** In words. */
  readonly message: string;
}

interface Input {
  readonly day: string;
  readonly asked: Asked;
  /** When the day's dream had ended that was known then; null where none had. */
  readonly after: number | null;
}

const KIND = 'dream';
const WAITS_MS = 5000;

/** The dreams of one mind: one a day, under a lease, at one stage after the other, to be gone on with at any time. */
export class Dreams {
  readonly #options: DreamsOptions;
  readonly #log: DreamLog;

  constructor(options: DreamsOptions) {
    this.#options = options;
    this.#log = new DreamLog(options.mind, options.clock);
    options.jobs.define<Input>(KIND, {
      run: ({ input, signal, progress }) => this.#run(input, signal, progress),
    });
  }

  /** Newest first. */
  list(limit: number): DreamRow[] {
    return this.#log.list(limit);
  }

  get running(): boolean {
    return this.#options.jobs.active(KIND, this.#options.mind.actor);
  }

  /** Whether the schedule owes a dream: nobody dreamt since the last due time, or one was interrupted. */
  get due(): boolean {
    const last = this.#log.last();
    const day = this.#day();
    if (last === null || last.day < day) return true;
    return last.status === 'running' && !this.running;
  }

  /**
   * Asks for a dream. One that is under way is answered with its job; one that was interrupted or cancelled goes on;
   * without enough that is new, nothing happens unless `force`. Throws `read_only`.
   */
  request({ asked, force = false }: { asked: Asked; force?: boolean }): Answer {
    const { mind, clock } = this.#options;
    if (this.#options.readOnly())
      throw new ProgenyError(
        'read_only',
        'Nothing can be written now, so there is no dream. It follows when it can.',
      );
    if (this.running) {
      const job = this.#enqueue({ day: this.#day(), asked, after: null });
      return { job, message: `A dream is under way: ${lower(job.message)}. This is its job.` };
    }
    const day = this.#day();
    const today = this.#log.get(day);
    if (today !== null && today.stage !== null) {
      const how = today.status === 'cancelled' ? 'was cancelled' : 'was interrupted';
      return {
        job: this.#enqueue({ day, asked, after: null }),
        message: `The dream of ${day} ${how} and goes on where it was.`,
      };
    }
    const mark = this.#log.mark();
    const minutes = mind.read((reader) => newMinutes(reader, mark));
    const least = this.#options.leastMinutes();
    if (minutes < least && !force) {
      if (today === null && asked === 'schedule') this.#log.skipped(day, asked, minutes);
      return { job: null, message: tooLittle(minutes, least, mark.at, clock.now()) };
    }
    const job = this.#enqueue({ day, asked, after: today?.finishedAt ?? null });
    return { job, message: 'The dream has begun.' };
  }

  #day(): string {
    const day = dreamDay(this.#options.clock.now(), this.#options.rules());
    // A clock that was set back begins no day again.
    const last = this.#log.last()?.day ?? '';
    return last > day ? last : day;
  }

  #enqueue(input: Input): Job {
    return this.#options.jobs.enqueue(KIND, this.#options.mind.actor, input);
  }

  async #run(
    { day, asked, after }: Input,
    signal: AbortSignal,
    progress: (fraction: number | null, words: string) => void,
  ): Promise<string> {
    const { clock, stages, mind, logger } = this.#options;
    await this.#wait(day, signal, progress);
    const known = this.#log.get(day);
    if (known?.status === 'done' && known.finishedAt !== after)
      return 'The dream of this day is over already.';
    const newest = mind.read(newestRecord);
    this.#log.began(day, { asked, stage: stages[0]!.name, lease: this.#lease(), newest });
    const renewing = clock.every(RENEW_MS, () => this.#renew(day));
    try {
      const results = await runStages(day, { log: this.#log, stages, logger, signal, progress });
      return this.#options.words(results);
    } catch (error) {
      this.#stopped(day, signal);
      throw error;
    } finally {
      renewing.dispose();
    }
  }

  /** Waits until nobody else dreams. */
  async #wait(
    day: string,
    signal: AbortSignal,
    progress: (fraction: number | null, words: string) => void,
  ): Promise<void> {
    const { clock } = this.#options;
    for (;;) {
      const lease = this.#log.get(day)?.lease ?? null;
      if (lease === null || isFree(lease, clock.now(), this.#options)) return;
      const since = ago(lease.at, clock.now());
      progress(null, `Process ${lease.pid} dreams and said so ${since}: waiting until it has ended`);
      await pause(clock, WAITS_MS, signal);
    }
  }

  #lease() {
    const { pid, instance, clock } = this.#options;
    return { pid, instance, at: clock.now() };
  }

  #renew(day: string): void {
    this.#try(() => this.#log.renew(day, this.#lease()));
  }

  /** What a person cancelled waits for them; what was interrupted goes on by itself. */
  #stopped(day: string, signal: AbortSignal): void {
    const byPerson = signal.aborted && (signal.reason as { name?: unknown }).name === 'AbortError';
    this.#try(() => (byPerson ? this.#log.cancelled(day) : this.#log.release(day)));
  }

  #try(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#options.logger.warn({ error: String(error) }, 'the state of the dream could not be noted');
    }
  }
}

function tooLittle(minutes: number, least: number, before: number, now: number): string {
  const since = before === 0 ? '' : ` since the last one, ${ago(before, now)}`;
  const there =
    minutes === 0 ? `There is nothing new${since}` : `There are ${minutes} min of new material${since}`;
  return `${there}; a dream needs ${least} min. Nothing was changed.`;
}

function lower(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}

function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const timer = clock.after(ms, () => {
      signal.removeEventListener('abort', abort);
      resolve();
    });
    const abort = () => {
      timer.dispose();
      reject(signal.reason);
    };
    signal.addEventListener('abort', abort, { once: true });
  });
}
