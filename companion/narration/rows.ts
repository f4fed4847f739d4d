import type { Event } from '../protocol/index.ts';
import type { Reader, SqlValue, Writer } from '../store/index.ts';
import type { Choice } from './compose.ts';
import { type StoryKind, TELLINGS } from './kinds.ts';

/** A line as it is stored: which event it tells of and how; no word of it. */
export interface LineRow extends Choice {
  readonly seq: number;
  readonly at: number;
  /** Id of a folder; null where it is about none. */
  readonly workspace: string | null;
  readonly live: boolean;
}

interface Stored {
  readonly seq: number;
  readonly at: number;
  readonly workspace: string | null;
  readonly kind: string;
  readonly speaker: Choice['speaker'];
  readonly template: number;
  readonly importance: number;
  readonly live: number;
}

const PLACE = 'story.place';

/** Up to which event the story is told; null before the first. */
export function readPlace(reader: Reader): number | null {
  const row = reader.get<{ value: string }>('SELECT value FROM meta WHERE key = ?', PLACE);
  return row ? Number(row.value) : null;
}

export function writePlace(writer: Writer, seq: number): void {
  writer.run('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)', PLACE, String(seq));
}

/** The event before the first of `at` or later; the last where there is none. */
export function eventBefore(reader: Reader, at: number): number {
  const sql = `SELECT coalesce((SELECT min(seq) - 1 FROM events WHERE at >= ?), (SELECT max(seq) FROM events), 0) AS seq`;
  return reader.get<{ seq: number }>(sql, at)!.seq;
}

/** A line told twice is one line; a folder that was forgotten meanwhile has none. */
export function insertLine(writer: Writer, line: LineRow): void {
  const { seq, at, workspace, kind, speaker, template, importance, live } = line;
  writer.run(
    `INSERT OR IGNORE INTO story_lines (seq, at, workspace, kind, speaker, template, importance, live)
      SELECT ?, ?, ?, ?, ?, ?, ?, ? WHERE ? IS NULL OR EXISTS (SELECT 1 FROM workspaces WHERE id = ?)`,
    seq,
    at,
    workspace,
    kind,
    speaker,
    template,
    importance,
    live ? 1 : 0,
    workspace,
    workspace,
  );
}

export function notLive(writer: Writer, seqs: readonly number[]): void {
  writer.run(
    'UPDATE story_lines SET live = 0 WHERE seq IN (SELECT value FROM json_each(?))',
    JSON.stringify(seqs),
  );
}

export interface LineQuery {
  readonly workspace?: string | undefined;
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  /** Before this line, for reading on. */
  readonly before?: number;
  readonly limit: number;
}

/** Newest first, each with its event. */
export function readLines(
  reader: Reader,
  { workspace, since, until, before, limit }: LineQuery,
): { line: LineRow; event: Event }[] {
  const conditions = ['1'];
  const values: SqlValue[] = [];
  const where = (condition: string, value: SqlValue | undefined) => {
    if (value === undefined) return;
    conditions.push(condition);
    values.push(value);
  };
  // What is about no folder, such as a belief or a dream, belongs to the story of each.
  where('(story_lines.workspace = ? OR story_lines.workspace IS NULL)', workspace);
  where('story_lines.at >= ?', since);
  where('story_lines.at < ?', until);
  where('story_lines.seq < ?', before);
  const sql = `SELECT story_lines.*, events.type, events.subject, events.data FROM story_lines
    JOIN events ON events.seq = story_lines.seq WHERE ${conditions.join(' AND ')}
    ORDER BY story_lines.seq DESC LIMIT ?`;
  return reader
    .all<Stored & { type: string; subject: string; data: string }>(sql, ...values, limit)
    .flatMap(({ type, subject, data, ...stored }) => {
      const { seq, at } = stored;
      if (!(stored.kind in TELLINGS)) return [];
      const line = { ...stored, kind: stored.kind as StoryKind, live: stored.live === 1 };
      return [{ line, event: { seq, at, type, subject, data: JSON.parse(data) } }];
    });
}
