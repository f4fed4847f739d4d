import { titleOf } from '../kernel/index.ts';
import { buryCouncil } from './bury-council.ts';
import type { Reader, Writer } from './sqlite.ts';

/** Something that was forgotten: no content, only what it was known by. */
export interface Tombstone {
  readonly id: string;
  /** Salted digest of what it was imported from or mirrored; null for neither. */
  readonly origin: string | null;
  readonly at: number;
}

/** What went with a burial. */
export interface Buried {
  readonly memories: readonly string[];
  readonly whispers: readonly string[];
  readonly decisions: readonly string[];
  readonly hypotheses: readonly string[];
  /** Loops that were opened by a forgotten whisper and held nothing else. */
  readonly loops: readonly string[];
  /** Loops that were called by a forgotten whisper and have another name now. */
  readonly renamed: readonly string[];
  /** Questions that are gone, with their answers. */
  readonly turns: readonly string[];
  /** Turns whose answer is gone, because it may have held words of what was forgotten. */
  readonly unanswered: readonly string[];
}

/** Tables whose rows can be forgotten by their ids. */
const HOLDERS = [
  'memories',
  'memory_merged',
  'whispers',
  'decisions',
  'loops',
  'heritage',
  'limbic_marks',
  'hypotheses',
  'proposals',
  'turns',
  'conversations',
  'thoughts',
  'wheel_runs',
] as const;

/**
 * Takes everything of these ids out of a mind, with what hangs on it: vectors, tokens, words, provenance and themes
 * go by themselves or here; a summary that quotes it goes whole; a vote that was held on it keeps its numbers and loses
 * its words; a loop that was called by a forgotten note goes too, or gets another name. The same for what is forgotten
 * now and for an older file that is put in the place of a newer one. Ids that are not there are none.
 */
export function bury(writer: Writer, tombstones: readonly Tombstone[]): Buried {
  const ids = JSON.stringify(tombstones.map(({ id }) => id));
  const there = (table: string) =>
    writer
      .all<{ id: string }>(`SELECT id FROM ${table} WHERE id IN (SELECT value FROM json_each(?))`, ids)
      .map(({ id }) => id);
  const memories = [...new Set([...there('memories'), ...quoting(writer, ids)])];
  const [whispers, decisions] = [there('whispers'), there('decisions')];
  const hypotheses = there('hypotheses');
  const turns = there('turns');
  const called = loopsCalledBy(writer, whispers);
  writer.run(
    'DELETE FROM clusters WHERE id IN (SELECT cluster FROM cluster_members WHERE subject IN (SELECT value FROM json_each(?)))',
    ids,
  );
  writer.run(
    'DELETE FROM anchors WHERE id IN (SELECT anchor FROM whispers WHERE id IN (SELECT value FROM json_each(?)))',
    ids,
  );
  writer.run('DELETE FROM memories WHERE id IN (SELECT value FROM json_each(?))', JSON.stringify(memories));
  // What was begun in a conversation while it was being forgotten goes with it.
  writer.run(
    `DELETE FROM memories WHERE origin IN (SELECT id FROM turns WHERE conversation IN (SELECT value FROM json_each(?)))`,
    ids,
  );
  for (const table of HOLDERS)
    writer.run(`DELETE FROM ${table} WHERE id IN (SELECT value FROM json_each(?))`, ids);
  writer.run('DELETE FROM memory_links WHERE target IN (SELECT value FROM json_each(?))', ids);
  const [loops, renamed] = renameOrDelete(writer, called);
  const gone = [...tombstones.map(({ id }) => id), ...memories, ...loops, ...renamed];
  buryCouncil(writer, gone);
  const unanswered = takeAnswers(writer, gone);
  nameConversations(writer);
  for (const { id, origin, at } of tombstones)
    writer.run('INSERT OR IGNORE INTO tombstones (id, origin, at) VALUES (?, ?, ?)', id, origin, at);
  return { memories, whispers, decisions, hypotheses, loops, renamed, turns, unanswered };
}

export function tombstonesOf(reader: Reader): Tombstone[] {
  return reader.all<{ id: string; origin: string | null; at: number }>(
    'SELECT id, origin, at FROM tombstones',
  );
}

/** Summaries that have words of one of these in them. */
function quoting(reader: Reader, ids: string): string[] {
  const sql = `SELECT DISTINCT memory FROM memory_links
    WHERE kind = 'quotes' AND target IN (SELECT value FROM json_each(?))`;
  return reader.all<{ memory: string }>(sql, ids).map(({ memory }) => memory);
}

/** Loops whose title is the beginning of one of these whispers. */
function loopsCalledBy(reader: Reader, whispers: readonly string[]): string[] {
  const sql = `SELECT DISTINCT loops.id, loops.title, whispers.text FROM whispers
    JOIN loops ON loops.id = whispers.loop WHERE whispers.id IN (SELECT value FROM json_each(?))`;
  const rows = reader.all<{ id: string; title: string; text: string }>(sql, JSON.stringify(whispers));
  return [...new Set(rows.filter(({ title, text }) => title === titleOf(text)).map(({ id }) => id))];
}

/** Empties answers that may hold words of what is gone, or were forgotten themselves. Gives their turns. */
function takeAnswers(writer: Writer, gone: readonly string[]): string[] {
  const ids = JSON.stringify(gone);
  // Whoever answered may have known an answer of before, and so on.
  const sql = `WITH RECURSIVE gone (id) AS (SELECT value FROM json_each(?)
      UNION SELECT replace(turn, 'turn_', 'answer_') FROM turn_sources JOIN gone ON target = gone.id)
    SELECT turns.id FROM gone JOIN turns ON turns.id = replace(gone.id, 'answer_', 'turn_')
    WHERE gone.id GLOB 'answer_*'`;
  const turns = writer.all<{ id: string }>(sql, ids).map(({ id }) => id);
  const list = JSON.stringify(turns);
  const among = 'IN (SELECT value FROM json_each(?))';
  const note = 'What this answer rested on was forgotten, so the answer is gone too.';
  writer.run(`UPDATE turns SET answer = '', citations = '[]', note = ? WHERE id ${among}`, note, list);
  writer.run(`DELETE FROM thoughts WHERE turn ${among}`, list);
  // Of one that is being written they stay: nothing more of it is kept then.
  const ended = "turn NOT IN (SELECT id FROM turns WHERE outcome = 'writing')";
  writer.run(`DELETE FROM turn_sources WHERE turn ${among} AND ${ended}`, list);
  const answers = JSON.stringify(turns.map((id) => id.replace('turn_', 'answer_')));
  writer.run(`DELETE FROM memories WHERE origin ${among}`, answers);
  return turns;
}

/** A conversation is called by its first question; one without any is none. */
function nameConversations(writer: Writer): void {
  writer.run('DELETE FROM conversations WHERE id NOT IN (SELECT conversation FROM turns)');
  const sql = `SELECT conversations.id, conversations.title, turns.question FROM conversations
    JOIN turns ON turns.n = (SELECT min(n) FROM turns WHERE turns.conversation = conversations.id)`;
  for (const { id, title, question } of writer.all<{ id: string; title: string; question: string }>(sql))
    if (title !== titleOf(question.trim()))
      writer.run('UPDATE conversations SET title = ? WHERE id = ?', titleOf(question.trim()), id);
}

function renameOrDelete(writer: Writer, called: readonly string[]): [deleted: string[], renamed: string[]] {
  const [deleted, renamed]: [string[], string[]] = [[], []];
  for (const id of called) {
    const oldest = 'SELECT text FROM whispers WHERE loop = ? ORDER BY at, id LIMIT 1';
    const other = writer.get<{ text: string }>(oldest, id);
    const held =
      'SELECT 1 FROM anchors WHERE loop = ? UNION ALL SELECT 1 FROM decisions WHERE loop = ? LIMIT 1';
    if (other || writer.get(held, id, id)) {
      const title = other ? titleOf(other.text) : 'A note that was forgotten';
      writer.run('UPDATE loops SET title = ? WHERE id = ?', title, id);
      renamed.push(id);
    } else {
      writer.run('DELETE FROM loops WHERE id = ?', id);
      deleted.push(id);
    }
  }
  return [deleted, renamed];
}
