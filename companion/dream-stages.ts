import { consolidate } from './consolidating.ts';
import { type Finding, linesOf, type Stage, type StageContext, type StageResult } from './dream/index.ts';
import { contradictions, type Memory, writeMorning } from './memory/index.ts';
import type { Mind, Reader, Writer } from './store/index.ts';
import type { Themes } from './themes.ts';

/** What the stages of a dream work on. */
export interface DreamParts {
  readonly mind: Mind;
  readonly memory: Memory;
  readonly themes: Pick<Themes, 'refit'>;
  /** The local date of an instant, as "2026-03-01". */
  dateOf(at: number): string;
  /** Lets go what is kept for a time only. */
  tidy(now: number): void;
  /** What is wrong with the mind's file, found out on another thread; null when it is sound. */
  findDamage(): Promise<string | null>;
  /** Forms and weighs beliefs from what happened. Idempotent; counts what it did. */
  considerHypotheses(signal: AbortSignal): Promise<Readonly<Record<string, number>>>;
  /** Beliefs that contradict what the user said. Reads only. */
  doubtHypotheses(): readonly Finding[];
  /** Makes confirmed beliefs learned. Idempotent; counts what it did. */
  promote(signal: AbortSignal): Promise<Readonly<Record<string, number>>>;
}

interface Merging {
  readonly after: number;
  readonly merged: number;
  readonly cited: readonly string[];
}

interface Fading {
  readonly after: number;
  readonly archived: number;
}

/** Where the mind keeps the number of the newest vector whose record was looked at for twins. */
const MERGED = 'dream:merged';
const BATCH = 100;
const MOST_CITED = 20;

/**
 * All that is done once a day, in this order: what says the same becomes one before themes are drawn, and themes are
 * drawn before they are summed up.
 */
export function dreamStages(parts: DreamParts): Stage[] {
  const { mind, themes, considerHypotheses, promote } = parts;
  const counted =
    (work: (signal: AbortSignal) => Promise<Readonly<Record<string, number>>>) =>
    async ({ signal }: StageContext): Promise<StageResult> => ({ counts: await work(signal) });
  return [
    { name: 'merge', title: 'Merging what says the same', run: (context) => merge(parts, context) },
    { name: 'cluster', title: 'Drawing themes anew', run: (context) => cluster(themes, context) },
    { name: 'consolidate', title: 'Summing up themes', run: (context) => consolidate(parts, context) },
    { name: 'hypotheses', title: 'Weighing what seems to be a habit', run: counted(considerHypotheses) },
    {
      name: 'conflicts',
      title: 'Looking for contradictions',
      run: () => conflicts(parts),
    },
    { name: 'decay', title: 'Archiving what faded', run: (context) => decay(parts, context) },
    { name: 'promotion', title: 'Keeping what was confirmed', run: counted(promote) },
    { name: 'hygiene', title: 'Tidying up and checking the store', run: (context) => tidy(parts, context) },
    { name: 'summary', title: 'Writing down what was done', run: (context) => sumUp(mind, context) },
  ];
}

/** Records that were read into the index since the last time, with those on either side that say the same. */
async function merge(
  { mind, memory }: DreamParts,
  { signal, checkpoint, save, progress }: StageContext,
): Promise<StageResult> {
  const before = Number(meta(mind, MERGED) ?? 0);
  let done = (checkpoint as Merging | null) ?? { after: before, merged: 0, cited: [] };
  const last =
    mind.read((r) => r.get<{ n: number | null }>('SELECT max(n) AS n FROM memory_vectors'))?.n ?? 0;
  for (
    let batch = memory.readSince(done.after, BATCH);
    batch.length > 0;
    batch = memory.readSince(done.after, BATCH)
  ) {
    for (const { n, memory: record } of batch) {
      signal.throwIfAborted();
      await memory.mergeAround(record, (tx, kept) => {
        const cited = [...new Set([kept, ...done.cited])].slice(0, MOST_CITED);
        done = { ...done, merged: done.merged + 1, cited };
        save(done, tx);
      });
      done = { ...done, after: n };
    }
    progress((done.after - before) / Math.max(1, last - before), 'Merging what says the same');
    save(done);
  }
  if (done.after !== before) mind.record((writer) => setMeta(writer, MERGED, String(done.after)));
  return { counts: { merged: done.merged }, cited: done.cited };
}

async function cluster(
  themes: DreamParts['themes'],
  { signal, now, checkpoint, save }: StageContext,
): Promise<StageResult> {
  let counts = (checkpoint as StageResult['counts'] | null) ?? { formed: 0, grew: 0, dissolved: 0 };
  await themes.refit({
    signal,
    now,
    within: (tx, { redrawn }) => {
      const changes = Map.groupBy(redrawn?.changes ?? [], ({ type }) => type);
      const of = (type: 'formed' | 'grew' | 'dissolved') => changes.get(type)?.length ?? 0;
      counts = { formed: of('formed'), grew: of('grew'), dissolved: of('dissolved') };
      save(counts, tx);
    },
  });
  return { counts };
}

async function conflicts({ mind, doubtHypotheses }: DreamParts): Promise<StageResult> {
  const found = await contradictions(mind, turn);
  return {
    counts: {},
    review: [...found.map(({ facts }) => ({ kind: 'contradiction', ids: facts })), ...doubtHypotheses()],
  };
}

async function decay(
  { memory }: DreamParts,
  { signal, now, checkpoint, save }: StageContext,
): Promise<StageResult> {
  let done = (checkpoint as Fading | null) ?? { after: 0, archived: 0 };
  for (let after: number | null = done.after; after !== null; ) {
    signal.throwIfAborted();
    const from: number = after;
    after = memory.fade(now, from, (tx, archived) => {
      done = { after: from, archived: done.archived + archived };
      save(done, tx);
    }).next;
    await turn();
  }
  return { counts: { archived: done.archived } };
}

async function tidy(parts: DreamParts, { signal, now }: StageContext): Promise<StageResult> {
  parts.tidy(now);
  const damage = await parts.findDamage();
  signal.throwIfAborted();
  return { counts: { damaged: damage === null ? 0 : 1 } };
}

/** The record of the night, where there is something to tell; and the theme that most of what is new belongs to. */
async function sumUp(mind: Mind, { day, now, results }: StageContext): Promise<StageResult> {
  const theme = mind.read(topTheme);
  const all = Object.values(results);
  if (all.some(({ counts, review = [] }) => review.length > 0 || Object.values(counts).some((n) => n > 0))) {
    const content = `Dream of ${day}. ${linesOf(results).join(' ')}`;
    const about = all.flatMap(({ cited = [] }) => cited);
    mind.transact((tx) => writeMorning(tx, { content, about }, { mind, now }));
  }
  return { counts: {}, ...(theme !== null && { cited: [theme] }) };
}

/** By the records that came since the dream before the one under way. */
function topTheme(reader: Reader): string | null {
  const before = `SELECT coalesce(max(newest), 0) FROM dreams WHERE status = 'done'`;
  const sql = `SELECT cluster FROM cluster_members JOIN memories ON memories.id = cluster_members.memory
    WHERE memories.rowid > (${before}) GROUP BY cluster ORDER BY count(*) DESC, cluster LIMIT 1`;
  return reader.get<{ cluster: string }>(sql)?.cluster ?? null;
}

function meta(mind: Mind, key: string): string | undefined {
  return mind.read((r) => r.get<{ value: string }>('SELECT value FROM meta WHERE key = ?', key))?.value;
}

function setMeta(writer: Writer, key: string, value: string): void {
  writer.run('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)', key, value);
}

/** Lets others have their turn. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
