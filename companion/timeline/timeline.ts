import { Listeners, type Logger } from '../kernel/index.ts';
import type { Settings } from '../protocol/index.ts';
import type { Mind, Reader, SqlValue, Writer } from '../store/index.ts';
import type { WorkEvent, WorkEventKind } from './work-event.ts';

export interface TimelineOptions {
  readonly mind: Mind;
  readonly logger: Logger;
}

export interface TimelineQuery {
  readonly workspace?: string;
  readonly kinds?: readonly WorkEventKind[];
  /** From then on, and up to, without, then; ms since the epoch. */
  readonly since?: number;
  readonly until?: number;
  /** The newest so many; default all. */
  readonly limit?: number;
}

/** An event with its row: rows are numbered in the order in which they were written. */
export interface NumberedEvent {
  readonly n: number;
  readonly event: WorkEvent;
}

interface Row {
  readonly at: number;
  readonly workspace: string;
  readonly kind: WorkEventKind;
  readonly data: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const SIGNS: readonly WorkEventKind[] = ['edit', 'switch', 'test', 'branch'];

/** The timeline of one mind: rows of bounded life, so without events of the log. */
export class Timeline {
  /** Told what was added, after it was. */
  readonly appended = new Listeners<readonly WorkEvent[]>();
  readonly #options: TimelineOptions;

  constructor(options: TimelineOptions) {
    this.#options = options;
  }

  /**
   * Adds what happened, oldest first. A commit that is there already is left out. What cannot be written, on a full disk,
   * is lost: it is no word of the user's. The user's own commits since `newsSince` are told in the log as well, in the
   * transaction that adds them.
   */
  append(events: readonly WorkEvent[], newsSince = Number.POSITIVE_INFINITY): void {
    if (events.length === 0) return;
    const added: WorkEvent[] = [];
    const sorted = [...events].sort((a, b) => a.at - b.at);
    const isNews = (event: WorkEvent) => event.kind === 'commit' && event.own && event.at >= newsSince;
    try {
      this.#options.mind.record((w) => {
        for (const event of sorted) if (!isNews(event) && insert(w, event)) added.push(event);
      });
      for (const event of sorted.filter(isNews)) if (this.#tell(event)) added.push(event);
    } catch (error) {
      this.#options.logger.warn({ error: String(error), events: events.length }, 'the timeline has a gap');
      return;
    }
    if (added.length > 0) this.appended.tell(added);
  }

  #tell(event: WorkEvent): boolean {
    if (event.kind !== 'commit') return false;
    return this.#options.mind.transact((tx) => {
      if (!insert(tx, event)) return false;
      const { commit, workspace, files, insertions, deletions } = event;
      const data = { workspace, files: files.length, insertions, deletions };
      tx.emit({ type: 'work.committed', subject: commit, data });
      return true;
    });
  }

  /** Oldest first. */
  read(query: TimelineQuery = {}): WorkEvent[] {
    return this.#options.mind.read((reader) => readTimeline(reader, query));
  }

  /** The last sign of the user's hand in each workspace before that time. */
  lastSigns(before: number): WorkEvent[] {
    const marks = SIGNS.map(() => '?').join(', ');
    const sql = `SELECT max(at) AS at, workspace, kind, data FROM timeline
      WHERE at < ? AND kind IN (${marks}) GROUP BY workspace`;
    return this.#options.mind.read((reader) => reader.all<Row>(sql, before, ...SIGNS)).map(toEvent);
  }

  /** What was written after a row, in that order, at most `limit`: what a follower has not seen yet. */
  after(n: number, limit: number): NumberedEvent[] {
    const sql = 'SELECT n, at, workspace, kind, data FROM timeline WHERE n > ? ORDER BY n LIMIT ?';
    return this.#options.mind
      .read((reader) => reader.all<Row & { n: number }>(sql, n, limit))
      .map(({ n, ...row }) => ({ n, event: toEvent(row) }));
  }

  /** The row before the first that tells of `at` or later; the last row where none does. */
  placeBefore(at: number): number {
    const sql = `SELECT coalesce((SELECT min(n) - 1 FROM timeline WHERE at >= ?), (SELECT max(n) FROM timeline), 0) AS n`;
    return this.#options.mind.read((reader) => reader.get<{ n: number }>(sql, at)!.n);
  }

  dispose(): void {
    this.appended.clear();
  }
}

/** Whether it was not there before. */
function insert(writer: Writer, { at, workspace, kind, ...data }: WorkEvent): boolean {
  const sql = 'INSERT INTO timeline (at, workspace, kind, data) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING';
  return writer.run(sql, at, workspace, kind, JSON.stringify(data)).changes > 0;
}

function readTimeline(
  reader: Reader,
  { workspace, kinds, since, until, limit = -1 }: TimelineQuery,
): WorkEvent[] {
  const conditions = ['1'];
  const values: SqlValue[] = [];
  const where = (condition: string, ...bound: SqlValue[]) => {
    conditions.push(condition);
    values.push(...bound);
  };
  if (workspace !== undefined) where('workspace = ?', workspace);
  if (kinds !== undefined) where(`kind IN (${kinds.map(() => '?').join(', ')})`, ...kinds);
  if (since !== undefined) where('at >= ?', since);
  if (until !== undefined) where('at < ?', until);
  const sql = `SELECT at, workspace, kind, data FROM timeline WHERE ${conditions.join(' AND ')}
    ORDER BY at DESC, n DESC LIMIT ?`;
  return reader
    .all<Row>(sql, ...values, limit)
    .map(toEvent)
    .reverse();
}

function toEvent({ at, workspace, kind, data }: Row): WorkEvent {
  return { at, workspace, kind, ...JSON.parse(data) } as WorkEvent;
}

/** Deletes what is older than it is to be kept (`settings.sensors.timelineDays`). */
export function forgetOldTimeline(mind: Mind, settings: Settings['sensors'], now: number): void {
  mind.record((w) => w.run('DELETE FROM timeline WHERE at < ?', now - settings.timelineDays * DAY_MS));
}
