import { Listeners, type Logger } from '../kernel/index.ts';
import type { Settings } from '../protocol/index.ts';
import type { Mind, Reader, SqlValue } from '../store/index.ts';
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
   * is lost: it is no word of the user's.
   */
  append(events: readonly WorkEvent[]): void {
    if (events.length === 0) return;
    const added: WorkEvent[] = [];
    try {
      this.#options.mind.record((w) => {
        for (const event of [...events].sort((a, b) => a.at - b.at)) {
          const { at, workspace, kind, ...data } = event;
          const sql =
            'INSERT INTO timeline (at, workspace, kind, data) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING';
          if (w.run(sql, at, workspace, kind, JSON.stringify(data)).changes > 0) added.push(event);
        }
      });
    } catch (error) {
      this.#options.logger.warn({ error: String(error), events: events.length }, 'the timeline has a gap');
      return;
    }
    if (added.length > 0) this.appended.tell(added);
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

  dispose(): void {
    this.appended.clear();
  }
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
