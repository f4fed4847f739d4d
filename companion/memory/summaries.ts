import { seededRandom } from '../kernel/index.ts';
import type { Mind, Reader, Transaction } from '../store/index.ts';
import { write } from './writing.ts';

/** What was drawn from several records, in their own words. */
export interface Summary {
  /** Id of the theme that they belong to. */
  readonly theme: string;
  /** Id of the one workspace that they all come from; null for none. */
  readonly workspace: string | null;
  /** Whether they are private: all of them, or none. */
  readonly private: boolean;
  readonly content: string;
  /** When the newest of them happened. */
  readonly happenedAt: number;
  /** All records that it was drawn from. */
  readonly originals: readonly string[];
  /** Those whose words stand in it; it goes with any of them. */
  readonly quoted: readonly string[];
}

export interface StoredSummary extends Pick<Summary, 'theme' | 'workspace' | 'private' | 'content'> {
  readonly id: string;
  readonly originals: ReadonlySet<string>;
}

interface SummaryRow {
  id: string;
  theme: string;
  workspace: string | null;
  private: number;
  content: string;
}

const STORED = `SELECT memories.id, target AS theme, workspace, private, content FROM memory_links
  JOIN memories ON memories.id = memory_links.memory
  WHERE memory_links.kind = 'theme' AND memories.kind = 'dream'`;

/** The summaries that a theme has: one for each place that its members come from. */
export function summariesOf(reader: Reader, theme: string): StoredSummary[] {
  return reader
    .all<SummaryRow>(`${STORED} AND target = ? ORDER BY memories.id`, theme)
    .map((row) => stored(reader, row));
}

/** Summaries of themes that are no more. */
export function orphans(reader: Reader): StoredSummary[] {
  return reader
    .all<SummaryRow>(`${STORED} AND target NOT IN (SELECT id FROM clusters) ORDER BY memories.id`)
    .map((row) => stored(reader, row));
}

function stored(reader: Reader, row: SummaryRow): StoredSummary {
  const sql = "SELECT target FROM memory_links WHERE memory = ? AND kind = 'summary of'";
  const originals = reader.all<{ target: string }>(sql, row.id).map(({ target }) => target);
  return { ...row, private: row.private === 1, originals: new Set(originals) };
}

/** Writes a summary, or makes the one of this id into it; the record and its links at once. Returns its id. */
export function writeSummary(
  tx: Transaction,
  summary: Summary,
  known: string | null,
  { mind, now }: { mind: Mind; now: number },
): string {
  const { theme, workspace, content, happenedAt, originals, quoted } = summary;
  const links = [
    ...originals.map((target) => ({ kind: 'summary of', target })),
    ...quoted.map((target) => ({ kind: 'quotes', target })),
    { kind: 'theme', target: theme },
  ];
  if (known !== null) {
    rewrite(tx, known, { content, happenedAt, now, digest: mind.digest(content) });
    tx.run('DELETE FROM memory_links WHERE memory = ?', known);
    link(tx, known, links);
    return known;
  }
  // The same dream, begun again after an interruption, writes it under the same id.
  const seed = mind.digest(JSON.stringify([theme, workspace, summary.private, now, content]));
  const plain = { source: {}, salience: 0.5, tags: ['theme'], pinned: false, origin: null };
  const record = {
    ...plain,
    kind: 'dream',
    content,
    workspace,
    private: summary.private,
    happenedAt,
  } as const;
  const random = seededRandom(Number.parseInt(seed.slice(0, 8), 16));
  const clock = { now: () => now };
  return write(tx, { ...record, links, writtenBy: 'companion', mirrors: true }, { mind, clock, random })!;
}

/** Takes a summary away whose theme is no more. Its originals stay. */
export function dropSummary(tx: Transaction, id: string): void {
  tx.run('DELETE FROM memories WHERE id = ?', id);
  tx.emit({ type: 'memory.dropped', subject: id });
}

/**
 * Writes the one record that says what the last dream did, in place of that of the dream before. Its words are
 * counts; `about` are the records that it is about.
 */
export function writeMorning(
  tx: Transaction,
  { content, about }: { content: string; about: readonly string[] },
  { mind, now }: { mind: Mind; now: number },
): void {
  const links = [...about.map((target) => ({ kind: 'about', target })), { kind: MORNING, target: DREAMS }];
  const sql = `SELECT memories.id, content FROM memory_links JOIN memories ON memories.id = memory_links.memory
    WHERE memory_links.kind = ? AND target = ?`;
  const known = tx.get<{ id: string; content: string }>(sql, MORNING, DREAMS);
  if (known?.content === content) return;
  if (known) {
    rewrite(tx, known.id, { content, happenedAt: now, now, digest: mind.digest(content) });
    tx.run('DELETE FROM memory_links WHERE memory = ?', known.id);
    link(tx, known.id, links);
    return;
  }
  const plain = { source: {}, salience: 0.5, tags: [MORNING], pinned: false, private: true, workspace: null };
  const record = { ...plain, kind: 'dream', content, links, origin: null, happenedAt: now } as const;
  const random = seededRandom(now % 2 ** 32);
  write(
    tx,
    { ...record, writtenBy: 'companion', mirrors: true },
    { mind, clock: { now: () => now }, random },
  );
}

/** How that record is found: by a link to what stands for all dreams. */
const MORNING = 'morning';
const DREAMS = 'dreams';
function rewrite(
  tx: Transaction,
  id: string,
  { content, happenedAt, now, digest }: { content: string; happenedAt: number; now: number; digest: string },
): void {
  const sql = 'UPDATE memories SET content = ?, asks = 0, happened_at = ?, recorded_at = ? WHERE id = ?';
  tx.run(sql, content, happenedAt, now, id);
  tx.emit({ type: 'memory.changed', subject: id, data: { kind: 'dream', digest } });
}

function link(tx: Transaction, memory: string, links: readonly { kind: string; target: string }[]): void {
  for (const { kind, target } of links)
    tx.run(
      'INSERT OR IGNORE INTO memory_links (memory, kind, target) VALUES (?, ?, ?)',
      memory,
      kind,
      target,
    );
}
