import { type Clock, type Disposable, Listeners, type Logger } from '../kernel/index.ts';
import type { Drift, Settings } from '../protocol/index.ts';
import { type Mind, type Writer, workspaceId } from '../store/index.ts';
import type { NumberedEvent } from '../timeline/index.ts';
import { keyOf, settled, step, type Threads } from './fold.ts';
import {
  dropThreads,
  forgetOldRatings,
  ratingOf,
  readNewest,
  readPlace,
  readRatings,
  readThreads,
  writePlace,
  writeRating,
  writeThread,
} from './rows.ts';
import { DAY, MINUTE, type Thread } from './thread.ts';
import type { DriftContext } from './touch.ts';

export interface DriftKeeperOptions {
  readonly mind: Mind;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly settings: () => Settings;
  /** How far the masks disagreed about a loop as of a time, 0-1; null where they did not vote on it lately. */
  conflict(loop: string, at: number): number | null;
  /** Rows of the timeline after one, oldest first, and the last row before a time. */
  readonly timeline: { after(n: number, limit: number): NumberedEvent[]; placeBefore(at: number): number };
  /** Lets others have their turn. */
  pause(): Promise<void>;
}

/** A thread that stands outside of its scope, and was told so by two windows in a row. */
export interface StandingAlert {
  readonly loop: string;
  /** When its rating was made, and the rating. */
  readonly drift: Drift;
}

const AT_ONCE = 200;
const SETTLES_MS = 250;
/** What happened so long ago is no act that goes on. */
const ACT_OVER_MS = 2 * MINUTE;
/** A mind that has a timeline, and no drift yet, takes up so much of it. */
const TAKE_UP_DAYS = 14;

interface Unsaved {
  readonly threads: Map<string, Thread>;
  readonly ratings: Map<string, Drift>;
  readonly alerts: Set<string>;
}

/**
 * Keeps the drift of the loops of one mind: follows the timeline row by row. The place in it, the threads and their
 * ratings are stored in one transaction, so that whoever is killed goes on where that was. Reading stores nothing.
 */
export class DriftKeeper implements Disposable {
  readonly changed = new Listeners<void>();
  readonly #options: DriftKeeperOptions;
  readonly #ticking: Disposable;
  #threads: Threads = new Map();
  #place = 0;
  #generation = -1;
  #waiting: Disposable | null = null;
  #running: Promise<void> | null = null;
  #closed = false;

  constructor(options: DriftKeeperOptions) {
    this.#options = options;
    this.#ticking = options.clock.every(MINUTE, () => this.#tick());
  }

  /** Says that the timeline has more; it is taken up a moment later. */
  hint(): void {
    if (this.#closed) return;
    this.#waiting ??= this.#options.clock.after(SETTLES_MS, () => {
      this.#waiting = null;
      this.catchUp().catch((error: unknown) =>
        this.#options.logger.warn({ error: String(error) }, 'drift waits to be stored'),
      );
    });
  }

  /** Takes up what the timeline has since the last time. Resolves when all of it is stored. */
  catchUp(): Promise<void> {
    this.#running ??= this.#follow().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** The ratings of a loop, an hour each, the newest first. */
  of(loop: string, limit: number): Drift[] {
    return this.#options.mind.read((reader) => readRatings(reader, loop, limit));
  }

  /** The newest rating of every open loop, the furthest first. Throws `not_found` for an unknown folder. */
  list(folder: string | undefined): Drift[] {
    return this.#options.mind.read((reader) =>
      readNewest(reader, folder === undefined ? undefined : workspaceId(reader, folder)),
    );
  }

  /** What was alerted of and is not over. */
  get alerts(): StandingAlert[] {
    return [...this.#threads.values()]
      .filter(({ alerted, active, loop }) => alerted && active && loop !== null)
      .map((thread) => ({ loop: thread.loop!, drift: ratingOf(thread, true) }));
  }

  /** A folder was forgotten with all that is stored of it. */
  forget(workspace: string): void {
    this.#threads = new Map([...this.#threads].filter(([, thread]) => thread.workspace !== workspace));
    this.changed.tell();
  }

  /** Ratings older than the timeline that they were made from go. */
  forgetOld(now: number): void {
    const { mind, settings } = this.#options;
    mind.record((writer) => forgetOldRatings(writer, now - settings().sensors.timelineDays * DAY));
  }

  dispose(): void {
    this.#closed = true;
    this.#waiting?.dispose();
    this.#ticking.dispose();
    this.changed.clear();
  }

  get #context(): DriftContext {
    const { mind, settings, conflict } = this.#options;
    return { digest: (word) => mind.digest(word), staleDays: settings().loops.staleDays, conflict };
  }

  async #follow(): Promise<void> {
    const { mind, timeline, pause } = this.#options;
    for (;;) {
      if (this.#closed) return;
      if (this.#generation !== mind.generation) this.#reload();
      const rows = timeline.after(this.#place, AT_ONCE);
      const last = rows.at(-1);
      if (!last) return;
      const unsaved: Unsaved = { threads: new Map(), ratings: new Map(), alerts: new Set() };
      let threads = this.#threads;
      for (const { event } of rows) {
        const next = step(threads, event, this.#context);
        note(unsaved, next.changed, threads, new Set(next.alerts.map(keyOf)));
        threads = next.threads;
      }
      this.#save(threads, unsaved, last.n);
      await pause();
    }
  }

  /** What may have been one act of a program is judged when nothing came after it. */
  #tick(): void {
    if (this.#closed || this.#running) return;
    const now = this.#options.clock.now();
    const unsaved: Unsaved = { threads: new Map(), ratings: new Map(), alerts: new Set() };
    const due = [...this.#threads.values()].filter(
      ({ pending }) => pending.length > 0 && pending.at(-1)!.at < now - ACT_OVER_MS,
    );
    if (due.length === 0) return;
    const threads = new Map(this.#threads);
    for (const thread of due) {
      const next = settled(thread, now, this.#context);
      note(unsaved, [next.thread], this.#threads, new Set(next.alert ? [keyOf(thread)] : []));
      threads.set(keyOf(thread), next.thread);
    }
    try {
      this.#save(threads, unsaved, this.#place);
    } catch (error) {
      this.#options.logger.warn({ error: String(error) }, 'drift waits to be stored');
    }
  }

  #reload(): void {
    const { mind, timeline, clock } = this.#options;
    const place = mind.read(readPlace);
    this.#threads = mind.read(readThreads);
    this.#place = place ?? timeline.placeBefore(clock.now() - TAKE_UP_DAYS * DAY);
    this.#generation = mind.generation;
  }

  /** All of it or nothing. Throws `read_only`; what was not stored is folded again from the same place. */
  #save(threads: Threads, unsaved: Unsaved, place: number): void {
    const { mind } = this.#options;
    const news = [...unsaved.ratings.values()].filter(
      (drift) => drift.alert || mind.read((r) => readRatings(r, drift.subject, 1))[0]?.band !== drift.band,
    );
    const write = (writer: Writer) => {
      for (const thread of unsaved.threads.values()) writeThread(writer, thread);
      if (unsaved.threads.size > 0) dropThreads(writer, threads);
      for (const drift of unsaved.ratings.values()) writeRating(writer, drift);
      writePlace(writer, place);
    };
    // What is made from the timeline is as lasting as that; what others are told of is an event.
    if (news.length === 0) mind.record(write);
    else
      mind.transact((tx) => {
        write(tx);
        for (const { subject, band, alert } of news)
          tx.emit({ type: alert ? 'drift.alert' : 'drift.rated', subject, data: { band } });
      });
    this.#threads = threads;
    this.#place = place;
    if (unsaved.ratings.size > 0 || unsaved.threads.size > 0) this.changed.tell();
  }
}

function note(
  unsaved: Unsaved,
  changed: readonly Thread[],
  before: Threads,
  alerts: ReadonlySet<string>,
): void {
  for (const thread of changed) {
    const key = keyOf(thread);
    unsaved.threads.set(key, thread);
    const { loop, active, ratedAt } = thread;
    if (loop === null || !active || ratedAt === (before.get(key)?.ratedAt ?? 0)) continue;
    const drift = ratingOf(thread, alerts.has(key));
    const hour = `${loop} ${Math.floor(drift.at / (60 * MINUTE))}`;
    const known = unsaved.ratings.get(hour);
    unsaved.ratings.set(hour, known?.alert ? { ...drift, alert: true } : drift);
  }
}
