import type { Drift } from '../protocol/index.ts';
import type { Reader, Writer } from '../store/index.ts';
import { keyOf, type Threads } from './fold.ts';
import { confidenceOf } from './measure.ts';
import { reasonsOf } from './reasons.ts';
import { HOUR, type Thread } from './thread.ts';
import { bandOf } from './weights.ts';

interface RatingRow {
  readonly loop: string;
  readonly at: number;
  readonly rating: number;
  readonly band: Drift['band'];
  readonly parts: string;
  readonly reasons: string;
  readonly confidence: number;
  readonly alert: number;
  readonly baseline_at: number;
}

const PLACE = 'drift.place';

/** Up to which row of the timeline the threads know; null before the first. */
export function readPlace(reader: Reader): number | null {
  const row = reader.get<{ value: string }>('SELECT value FROM meta WHERE key = ?', PLACE);
  return row ? Number(row.value) : null;
}

export function writePlace(writer: Writer, n: number): void {
  writer.run('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)', PLACE, String(n));
}

export function readThreads(reader: Reader): Threads {
  const rows = reader.all<{ state: string }>('SELECT state FROM drift_threads');
  return new Map(
    rows.map(({ state }) => {
      const thread = JSON.parse(state) as Thread;
      return [keyOf(thread), thread];
    }),
  );
}

/** A folder that was forgotten meanwhile has no threads. */
export function writeThread(writer: Writer, thread: Thread): void {
  const { workspace, branch, touchedAt } = thread;
  writer.run(
    `INSERT INTO drift_threads (workspace, branch, touched_at, state)
      SELECT ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM workspaces WHERE id = ?)
      ON CONFLICT (workspace, branch) DO UPDATE SET touched_at = excluded.touched_at, state = excluded.state`,
    workspace,
    branch,
    touchedAt,
    JSON.stringify(thread),
    workspace,
  );
}

/** Branches that are not followed any more. */
export function dropThreads(writer: Writer, keep: Threads): void {
  const kept = JSON.stringify([...keep.keys()]);
  writer.run(
    "DELETE FROM drift_threads WHERE workspace || ' ' || branch NOT IN (SELECT value FROM json_each(?))",
    kept,
  );
}

/** The rating of a thread as it is told. */
export function ratingOf(thread: Thread, alert: boolean): Drift {
  const { loop, ratedAt, parts, rating, since } = thread;
  return {
    subject: loop!,
    kind: 'loop',
    at: ratedAt,
    rating,
    band: bandOf(rating),
    parts,
    reasons: reasonsOf(thread, parts, ratedAt),
    confidence: confidenceOf(thread, parts),
    alert,
    baselineAt: since,
  };
}

/** One row an hour: what an hour comes to takes the place of what it came to so far; an alert stays. */
export function writeRating(writer: Writer, drift: Drift): void {
  const { subject, at, rating, band, parts, reasons, confidence, alert, baselineAt } = drift;
  writer.run(
    `INSERT INTO drift_ratings (loop, hour, at, rating, band, parts, reasons, confidence, alert, baseline_at)
      SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM loops WHERE id = ?)
      ON CONFLICT (loop, hour) DO UPDATE SET at = excluded.at, rating = excluded.rating, band = excluded.band,
        parts = excluded.parts, reasons = excluded.reasons, confidence = excluded.confidence,
        alert = max(alert, excluded.alert), baseline_at = excluded.baseline_at`,
    subject,
    Math.floor(at / HOUR),
    at,
    rating,
    band,
    JSON.stringify(parts),
    JSON.stringify(reasons),
    confidence,
    alert ? 1 : 0,
    baselineAt,
    subject,
  );
}

/** Of one loop, the newest first. */
export function readRatings(reader: Reader, loop: string, limit: number): Drift[] {
  const sql = 'SELECT * FROM drift_ratings WHERE loop = ? ORDER BY hour DESC LIMIT ?';
  return reader.all<RatingRow>(sql, loop, limit).map(toDrift);
}

/** The newest of each loop that is open, the furthest first. */
export function readNewest(reader: Reader, workspace: string | undefined): Drift[] {
  const sql = `SELECT drift_ratings.* FROM drift_ratings
    JOIN loops ON loops.id = drift_ratings.loop
    WHERE hour = (SELECT max(hour) FROM drift_ratings AS others WHERE others.loop = loops.id)
      AND loops.status IN ('proposed', 'open', 'stale') AND (? IS NULL OR loops.workspace = ?)
    ORDER BY rating DESC, loops.id`;
  return reader.all<RatingRow>(sql, workspace ?? null, workspace ?? null).map(toDrift);
}

export function forgetOldRatings(writer: Writer, before: number): void {
  writer.run('DELETE FROM drift_ratings WHERE at < ?', before);
}

function toDrift(row: RatingRow): Drift {
  const { loop, at, rating, band, confidence } = row;
  return {
    subject: loop,
    kind: 'loop',
    at,
    rating,
    band,
    parts: JSON.parse(row.parts),
    reasons: JSON.parse(row.reasons),
    confidence,
    alert: row.alert === 1,
    baselineAt: row.baseline_at,
  };
}
