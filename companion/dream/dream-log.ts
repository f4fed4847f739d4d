import type { Clock } from '../kernel/index.ts';
import type { Mind, Reader, Writer } from '../store/index.ts';
import type { Lease } from './lease.ts';
import type { Mark } from './material.ts';
import type { Results } from './stage.ts';

export type DreamStatus = 'running' | 'done' | 'cancelled' | 'skipped';
/** What began a dream: the hour, or a person. */
export type Asked = 'schedule' | 'person';

/** A dream as it is stored. */
export interface DreamRow {
  readonly day: string;
  readonly status: DreamStatus;
  readonly asked: Asked;
  readonly startedAt: number;
  readonly finishedAt: number | null;
  /** The stage that it is at; null when it has ended. */
  readonly stage: string | null;
  readonly checkpoint: unknown;
  /** What its stages did, by name: counts and ids. */
  readonly results: Results;
  readonly lease: Lease | null;
}

interface Stored {
  day: string;
  status: DreamStatus;
  asked: Asked;
  started_at: number;
  finished_at: number | null;
  stage: string | null;
  checkpoint: string | null;
  summary: string;
  pid: number | null;
  instance: string | null;
  leased_at: number | null;
}

/** So many dreams are kept: somewhat more than a year's. */
const KEPT = 400;

/** The dreams of one mind, a row a day. */
export class DreamLog {
  readonly #mind: Mind;
  readonly #clock: Pick<Clock, 'now'>;

  constructor(mind: Mind, clock: Pick<Clock, 'now'>) {
    this.#mind = mind;
    this.#clock = clock;
  }

  /** Newest first; `skipped` ones as well. */
  list(limit: number): DreamRow[] {
    return this.#mind.read((reader) =>
      reader.all<Stored>('SELECT * FROM dreams ORDER BY day DESC LIMIT ?', limit).map(toRow),
    );
  }

  last(): DreamRow | null {
    return this.list(1)[0] ?? null;
  }

  get(day: string): DreamRow | null {
    return this.#mind.read((reader) => read(reader, day));
  }

  /** Where the last dream stood that ended or is under way. */
  mark(): Mark {
    const sql = `SELECT started_at AS at, newest FROM dreams WHERE status <> 'skipped' ORDER BY day DESC LIMIT 1`;
    return this.#mind.read((reader) => reader.get<Mark>(sql)) ?? { at: 0, newest: 0 };
  }

  skipped(day: string, asked: Asked, minutes: number): void {
    const now = this.#clock.now();
    this.#mind.transact((tx) => {
      tx.run(
        `INSERT INTO dreams (day, status, asked, started_at, finished_at, summary, newest)
          VALUES (?, 'skipped', ?, ?, ?, '{}', 0)`,
        ...[day, asked, now, now],
      );
      tx.emit({ type: 'dream.skipped', subject: day, data: { asked, minutes } });
    });
  }

  /** Begins a dream at its first stage, or takes one up at the stage that it had reached. */
  began(
    day: string,
    { asked, stage, lease, newest }: { asked: Asked; stage: string; lease: Lease; newest: number },
  ) {
    this.#mind.transact((tx) => {
      const known = read(tx, day);
      const resumed = known !== null && known.stage !== null;
      if (resumed) tx.run("UPDATE dreams SET status = 'running' WHERE day = ?", day);
      else
        tx.run(
          `INSERT INTO dreams (day, status, asked, started_at, stage, summary, newest) VALUES (?, 'running', ?, ?, ?, '{}', ?)
            ON CONFLICT (day) DO UPDATE SET status = 'running', asked = excluded.asked, finished_at = NULL,
              started_at = excluded.started_at, stage = excluded.stage, newest = excluded.newest, checkpoint = NULL`,
          ...[day, asked, lease.at, stage, newest],
        );
      // What an earlier day left undone is done by this one.
      tx.run("UPDATE dreams SET status = 'cancelled' WHERE status = 'running' AND day < ?", day);
      hold(tx, day, lease);
      tx.emit({
        type: 'dream.started',
        subject: day,
        data: { asked, resumed, stage: known?.stage ?? stage },
      });
    });
  }

  /** Saves where a stage goes on; with `tx` in the transaction of what it did. */
  saved(day: string, checkpoint: unknown, tx?: Writer): void {
    const sql = 'UPDATE dreams SET checkpoint = ? WHERE day = ?';
    const write = (writer: Writer) => writer.run(sql, JSON.stringify(checkpoint), day);
    if (tx) write(tx);
    else this.#mind.record(write);
  }

  /** Notes what a stage did, and goes on to the next. */
  passed(
    day: string,
    { stage, next, results }: { stage: string; next: string | null; results: Results },
  ): void {
    this.#mind.transact((tx) => {
      const sql = 'UPDATE dreams SET stage = ?, checkpoint = NULL, summary = ? WHERE day = ?';
      tx.run(sql, next ?? stage, JSON.stringify(results), day);
      tx.emit({ type: 'dream.stage', subject: day, data: { stage, ...results[stage]?.counts } });
      if (next === null) this.#finish(tx, day);
    });
  }

  cancelled(day: string): void {
    this.#mind.transact((tx) => {
      tx.run("UPDATE dreams SET status = 'cancelled' WHERE day = ?", day);
      release(tx, day);
      tx.emit({ type: 'dream.cancelled', subject: day, data: { stage: read(tx, day)?.stage ?? '' } });
    });
  }

  renew(day: string, lease: Lease): void {
    this.#mind.record((writer) => hold(writer, day, lease));
  }

  release(day: string): void {
    this.#mind.record((writer) => release(writer, day));
  }

  #finish(tx: Writer & { emit(event: { type: string; subject: string }): void }, day: string): void {
    const sql = "UPDATE dreams SET status = 'done', stage = NULL, finished_at = ? WHERE day = ?";
    tx.run(sql, this.#clock.now(), day);
    release(tx, day);
    tx.run('DELETE FROM dreams WHERE day NOT IN (SELECT day FROM dreams ORDER BY day DESC LIMIT ?)', KEPT);
    tx.emit({ type: 'dream.finished', subject: day });
  }
}

function read(reader: Reader, day: string): DreamRow | null {
  const row = reader.get<Stored>('SELECT * FROM dreams WHERE day = ?', day);
  return row ? toRow(row) : null;
}

function hold(writer: Writer, day: string, { pid, instance, at }: Lease): void {
  const sql = 'UPDATE dreams SET pid = ?, instance = ?, leased_at = ? WHERE day = ?';
  writer.run(sql, pid, instance, at, day);
}

function release(writer: Writer, day: string): void {
  writer.run('UPDATE dreams SET pid = NULL, instance = NULL, leased_at = NULL WHERE day = ?', day);
}

function toRow(row: Stored): DreamRow {
  const { day, status, asked, stage, pid, instance, leased_at: at } = row;
  return {
    day,
    status,
    asked,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    stage,
    checkpoint: row.checkpoint === null ? null : JSON.parse(row.checkpoint),
    results: JSON.parse(row.summary) as Results,
    lease: pid === null || instance === null || at === null ? null : { pid, instance, at },
  };
}
