import { type Clock, newId, type Random } from '../kernel/index.ts';
import type { Interruption as InterruptionRow, TapAnswer } from '../protocol/index.ts';
import type { Mind, Writer } from '../store/index.ts';
import { TOLD_KEPT_MS } from './lives.ts';
import type { Moment } from './moments.ts';
import type { Shown, Silence } from './policy-state.ts';
import type { LoggedDecision, Memory } from './restore.ts';
import type { LoggedTap } from './statistics.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Silences are kept this long; what was shown is kept for good. */
const SILENCES_KEPT_MS = 90 * DAY_MS;
const PAUSE_KEY = 'interruption:pausedUntil';
const ROW = 'id, at, candidate, subject, moment, gate, outcome, response_ms AS responseMs';
/** Enough to know the longest pause by; more dismissals in a row change nothing. */
const OUTCOMES_READ = 500;

export interface LogOptions {
  readonly mind: Mind;
  readonly clock: Clock;
  readonly random: Random;
}

/** A tap that is over, as it goes into its row. */
export interface Answered {
  readonly row: string;
  readonly outcome: TapAnswer['outcome'];
  readonly responseMs: number | null;
}

/** Every decision to speak or to stay silent, as rows: ids and enum words only. */
export class InterruptionLog {
  readonly #mind: Mind;
  readonly #clock: Clock;
  readonly #random: Random;
  #lastId = 0;

  constructor({ mind, clock, random }: LogOptions) {
    this.#mind = mind;
    this.#clock = clock;
    this.#random = random;
  }

  /** Writes that a tap is about to be shown, before it is: a crash in between makes quieter, never louder. */
  shown(tap: { candidate: string; subject: string; moment: Moment }): string {
    const now = this.#clock.now();
    const id = this.#newId(now);
    this.#mind.transact((tx) => {
      tx.run(
        'INSERT INTO interruptions (id, at, candidate, subject, moment, shown_at) VALUES (?, ?, ?, ?, ?, ?)',
        id,
        now,
        tap.candidate,
        tap.subject,
        tap.moment,
        now,
      );
      tx.emit({ type: 'tap.shown', subject: id, data: { candidate: tap.candidate, moment: tap.moment } });
    });
    return id;
  }

  /** Writes how a tap ended, with the silences that follow from it. */
  answered({ row, outcome, responseMs }: Answered, silences: readonly Silence[]): void {
    this.#mind.transact((tx) => {
      tx.run('UPDATE interruptions SET outcome = ?, response_ms = ? WHERE id = ?', outcome, responseMs, row);
      tx.emit({ type: 'tap.answered', subject: row, data: { outcome, responseMs } });
      this.#insert(tx, silences);
    });
  }

  /** Turns the row of a tap that reached nobody into that of its silence. */
  undelivered(row: string, silences: readonly Silence[]): void {
    this.#mind.transact((tx) => {
      tx.run("UPDATE interruptions SET gate = 'undelivered', shown_at = NULL WHERE id = ?", row);
      tx.emit({ type: 'tap.undelivered', subject: row });
      this.#insert(
        tx,
        silences.filter(({ gate }) => gate !== 'undelivered'),
      );
    });
  }

  silent(silences: readonly Silence[]): void {
    this.#mind.record((writer) => this.#insert(writer, silences));
  }

  paused(until: number): void {
    this.#mind.transact((tx) => {
      tx.run('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)', PAUSE_KEY, String(until));
      tx.emit({ type: 'taps.paused', subject: this.#mind.actor, data: { until } });
    });
  }

  /** Newest first. */
  list(limit: number): InterruptionRow[] {
    const sql = `SELECT ${ROW} FROM interruptions ORDER BY at DESC, id DESC LIMIT ?`;
    return this.#mind.read((r) => r.all<InterruptionRow>(sql, limit));
  }

  /** What was decided about the candidate of a tap up to it, oldest first, the tap last. Empty where no tap has this id. */
  upTo(id: string): InterruptionRow[] {
    const sql = `SELECT ${ROW} FROM interruptions WHERE id <= ?
      AND candidate = (SELECT candidate FROM interruptions WHERE id = ? AND gate IS NULL) ORDER BY id`;
    return this.#mind.read((r) => r.all<InterruptionRow>(sql, id, id));
  }

  /** What was shown from a time on up to another, newest last. */
  shownBetween(since: number, until: number): Shown[] {
    const sql = `SELECT candidate, subject, at FROM interruptions
      WHERE gate IS NULL AND at BETWEEN ? AND ? ORDER BY at, id`;
    return this.#mind.read((r) => r.all<Shown>(sql, since, until));
  }

  /** Dismissals in a row since the last engagement, of what was shown up to a time. */
  dismissalsBy(until: number): number {
    const sql = `SELECT COUNT(*) AS n FROM interruptions WHERE outcome = 'dismissed' AND at <= ? AND at >
      COALESCE((SELECT MAX(at) FROM interruptions WHERE outcome = 'engaged' AND at <= ?), -1)`;
    return this.#mind.read((r) => r.get<{ n: number }>(sql, until, until))?.n ?? 0;
  }

  /** What was shown since a time, oldest first. */
  shownSince(since: number): LoggedTap[] {
    const sql = `SELECT at, candidate, moment, outcome, response_ms AS responseMs FROM interruptions
      WHERE gate IS NULL AND at >= ? ORDER BY at, id`;
    return this.#mind.read((r) => r.all<LoggedTap>(sql, since));
  }

  /** All candidates that were ever told; what was shown is kept for good, a few rows a day. */
  told(): Set<string> {
    const sql = 'SELECT candidate FROM interruptions WHERE gate IS NULL';
    return new Set(
      this.#mind.read((r) => r.all<{ candidate: string }>(sql)).map(({ candidate }) => candidate),
    );
  }

  /** How often each gate kept something back since a time, most first. */
  silencesSince(since: number): { gate: string; n: number }[] {
    const sql = `SELECT gate, COUNT(*) AS n FROM interruptions
      WHERE gate IS NOT NULL AND at >= ? GROUP BY gate ORDER BY n DESC, gate`;
    return this.#mind.read((r) => r.all<{ gate: string; n: number }>(sql, since));
  }

  /** Taps that were open when the process before this one ended: nobody can answer them any more. */
  settleOpen(): void {
    const open = this.#mind.read((r) =>
      r.all<{ id: string }>('SELECT id FROM interruptions WHERE shown_at IS NOT NULL AND outcome IS NULL'),
    );
    for (const { id } of open) this.answered({ row: id, outcome: 'ignored', responseMs: null }, []);
  }

  recall(): Memory {
    const since = this.#clock.now() - TOLD_KEPT_MS;
    return this.#mind.read((r) => {
      const outcomes = r.all<{ outcome: string }>(
        'SELECT outcome FROM interruptions WHERE outcome IS NOT NULL ORDER BY at DESC, id DESC LIMIT ?',
        OUTCOMES_READ,
      );
      const engaged = outcomes.findIndex(({ outcome }) => outcome === 'engaged');
      const row = outcomes.slice(0, engaged < 0 ? undefined : engaged);
      const pause = r.get<{ value: string }>('SELECT value FROM meta WHERE key = ?', PAUSE_KEY);
      return {
        decisions: r.all<LoggedDecision>(
          'SELECT at, candidate, subject, moment, gate FROM interruptions WHERE at >= ? ORDER BY at, id',
          since,
        ),
        dismissals: row.filter(({ outcome }) => outcome === 'dismissed').length,
        pausedUntil: pause ? Number(pause.value) : 0,
      };
    });
  }

  /** Lets old silences go. */
  prune(): void {
    const before = this.#clock.now() - SILENCES_KEPT_MS;
    this.#mind.record((w) => w.run('DELETE FROM interruptions WHERE gate IS NOT NULL AND at < ?', before));
  }

  #insert(writer: Writer, silences: readonly Silence[]): void {
    const now = this.#clock.now();
    for (const { candidate, subject, moment, gate } of silences) {
      writer.run(
        'INSERT INTO interruptions (id, at, candidate, subject, moment, gate) VALUES (?, ?, ?, ?, ?, ?)',
        this.#newId(now),
        now,
        candidate,
        subject,
        moment,
        gate,
      );
    }
  }

  /** Ids sort in the order of writing, also within a millisecond: the last row of a candidate tells its state. */
  #newId(now: number): string {
    this.#lastId = Math.max(now, this.#lastId + 1);
    return newId('tap', this.#lastId, this.#random);
  }
}
