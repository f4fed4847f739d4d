import { extract, type Quote, type StageContext, type StageResult, type Told } from './dream/index.ts';
import { count } from './kernel/index.ts';
import {
  dropSummary,
  orphans,
  type StoredSummary,
  type Summary,
  summariesOf,
  writeSummary,
} from './memory/index.ts';
import type { Mind, Reader, Transaction } from './store/index.ts';

export interface Consolidating {
  readonly mind: Mind;
  /** The local date of an instant, as "2026-03-01". */
  dateOf(at: number): string;
}

/** A theme's members from one place that are private alike: nothing of one is ever told in the place of another. */
interface Group {
  readonly workspace: string | null;
  readonly private: boolean;
  readonly members: readonly Member[];
}

interface Member {
  readonly id: string;
  readonly workspace: string | null;
  readonly private: number;
  readonly happened_at: number;
}

type Done = { after: string; written: number; renewed: number; dropped: number; cited: string[] };

/** A summary is begun from so many members on, and kept as long as there are so many. */
const BEGINS = 5;
const KEPT = 3;
/** The newest members that a summary is drawn from. */
const MOST = 50;
/** A summary holds as long as so much of what it was drawn from is what it would be drawn from now. */
const SAME = 0.8;
const READ = 1500;
const NONE: Done = { after: '', written: 0, renewed: 0, dropped: 0, cited: [] };

/**
 * The stage that sums up: for each theme, and each place that its members come from, the sentences that say best what
 * it is about, with links to all that they were drawn from. What changed little is left alone.
 */
export async function consolidate(
  { mind, dateOf }: Consolidating,
  { signal, now, checkpoint, save, progress }: StageContext,
): Promise<StageResult> {
  let done = (checkpoint as Done | null) ?? NONE;
  const change = (next: Partial<Done>, work: (tx: Transaction) => string | null) =>
    mind.transact((tx) => {
      const id = work(tx);
      done = { ...done, ...next, ...(id !== null && { cited: [id, ...done.cited].slice(0, 20) }) };
      save(done, tx);
    });
  const themes = mind.read((r) => r.all<{ id: string }>('SELECT id FROM clusters ORDER BY id'));
  for (const [i, { id: theme }] of themes.entries()) {
    if (theme <= done.after) continue;
    signal.throwIfAborted();
    progress(i / themes.length, `Summing up theme ${i + 1} of ${themes.length}`);
    const stored = mind.read((reader) => summariesOf(reader, theme));
    const groups = mind.read((reader) => groupsOf(reader, theme));
    for (const group of groups) {
      const known = stored.find(
        (each) => each.workspace === group.workspace && each.private === group.private,
      );
      if (group.members.length < (known ? KEPT : BEGINS)) continue;
      if (known) stored.splice(stored.indexOf(known), 1);
      const summary = mind.read((reader) => summaryOf(reader, theme, group, known ?? null, dateOf));
      if (summary === null) continue;
      const counted = known ? { renewed: done.renewed + 1 } : { written: done.written + 1 };
      change(counted, (tx) => writeSummary(tx, summary, known?.id ?? null, { mind, now }));
    }
    for (const { id } of stored) drop(id);
    done = { ...done, after: theme };
    await new Promise((resolve) => setImmediate(resolve));
  }
  for (const { id } of mind.read(orphans)) drop(id);
  const { written, renewed, dropped, cited } = done;
  return { counts: { written, renewed, dropped }, cited };

  function drop(id: string): void {
    change({ dropped: done.dropped + 1 }, (tx) => {
      dropSummary(tx, id);
      return null;
    });
  }
}

/** What agents wrote, what holds no more, and what was made by a dream before tell nothing. */
function groupsOf(reader: Reader, theme: string): Group[] {
  const sql = `SELECT memories.id, workspace, private, happened_at FROM cluster_members
    JOIN memories ON memories.id = cluster_members.memory
    WHERE cluster = ? AND written_by <> 'agent' AND valid_to IS NULL
      AND memories.kind NOT IN ('dream', 'hypothesis')
    ORDER BY happened_at DESC, memories.id`;
  const members = reader.all<Member>(sql, theme);
  const places = Map.groupBy(members, (member) => JSON.stringify([member.workspace, member.private]));
  return [...places]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => ({
      workspace: group[0]!.workspace,
      private: group[0]!.private === 1,
      members: group,
    }));
}

/** Null where the known one still holds, or where nothing is worth quoting. */
function summaryOf(
  reader: Reader,
  theme: string,
  group: Group,
  known: StoredSummary | null,
  dateOf: (at: number) => string,
): Summary | null {
  const newest = group.members.slice(0, MOST);
  const ids = newest.map(({ id }) => id);
  const told = toldBy(reader, ids);
  if (known && overlap(known.originals, ids) >= SAME && holds(known.content, told)) return null;
  const quotes = extract(told);
  if (quotes.length === 0) return null;
  const content = textOf(quotes, newest, dateOf);
  const { workspace, private: hidden } = group;
  const quoted = quotes.map(({ id }) => id);
  return {
    theme,
    workspace,
    private: hidden,
    content,
    happenedAt: newest[0]!.happened_at,
    originals: ids,
    quoted,
  };
}

function toldBy(reader: Reader, ids: readonly string[]): Told[] {
  const sql = `SELECT id, happened_at AS at, substr(content, 1, ${READ}) AS text FROM memories
    WHERE id IN (SELECT value FROM json_each(?)) ORDER BY happened_at, id`;
  return reader.all<Told>(sql, JSON.stringify(ids));
}

function overlap(before: ReadonlySet<string>, ids: readonly string[]): number {
  const both = ids.filter((id) => before.has(id)).length;
  return both / (before.size + ids.length - both);
}

/** Whether each line still stands in a record, as the one that it came from may say something else by now. */
function holds(content: string, told: readonly Told[]): boolean {
  const said = told.map(({ text }) => text.replace(/\s+/g, ' '));
  const lines = content.split('\n').slice(1);
  return lines.every((line) => {
    const quote = line.slice(DATE).replace(/…$/, '');
    return said.some((text) => text.includes(quote));
  });
}

/** "2026-03-01 " */
const DATE = 11;

function textOf(quotes: readonly Quote[], newest: readonly Member[], dateOf: (at: number) => string): string {
  const [last, first] = [newest[0]!, newest.at(-1)!].map(({ happened_at: at }) => dateOf(at));
  const head = `Of ${count(newest.length, 'record')}, ${first} to ${last}, in their own words:`;
  return [head, ...quotes.map(({ at, text }) => `${dateOf(at)} ${text}`)].join('\n');
}
