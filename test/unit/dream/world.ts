import { cpSync } from 'node:fs';
import path from 'node:path';
import { doubts } from '../../../companion/doubts.ts';
import { Dreaming } from '../../../companion/dreaming.ts';
import { Heritage } from '../../../companion/heritage/index.ts';
import type { ToLocal } from '../../../companion/interruption/index.ts';
import { Jobs } from '../../../companion/jobs/index.ts';
import { seededRandom, silentLogger, VirtualClock } from '../../../companion/kernel/index.ts';
import { Masks, type Memory } from '../../../companion/memory/index.ts';
import { defaultSettings, rememberInput, type Settings } from '../../../companion/protocol/index.ts';
import { Review } from '../../../companion/review.ts';
import type { Hub, Mind, Store } from '../../../companion/store/index.ts';
import { Themes } from '../../../companion/themes.ts';
import { Timeline } from '../../../companion/timeline/index.ts';
import { openMemory } from '../../support/memory.ts';
import { openStore } from '../../support/store.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** A Monday, 21:00 in the zone of these tests, which is UTC. */
export const EVENING = Date.UTC(2026, 2, 2, 21);
export const utc: ToLocal = (at) => ({ day: Math.floor(at / DAY), minute: Math.floor((at % DAY) / MINUTE) });
const DIMENSIONS = 64;
/** Each has chances of its own: what a dream comes to depends on none. */
let worlds = 0;

export interface WorldOptions {
  readonly clock?: VirtualClock;
  readonly local?: ToLocal;
  readonly settings?: Partial<Settings['dream']>;
  readonly instance?: string;
  /** Puts something between the rooms and their databases. */
  readonly between?: (store: Store) => { mind: Mind; hub: Hub };
  readonly readOnly?: () => boolean;
}

/** The rooms that a dream works on, over one data directory. */
export async function openWorld(folder: string, options: WorldOptions = {}) {
  const { clock = new VirtualClock(EVENING), local = utc, instance = 'instance_1' } = options;
  const store = await openStore(folder);
  const { mind, hub } = options.between?.(store) ?? store;
  const random = seededRandom(++worlds);
  const common = { mind, clock, random, logger: silentLogger };
  const themes = new Themes(common);
  const memory: Memory = openMemory({ mind } as Store, clock, { random });
  const jobs = new Jobs({ ...common, hub });
  let settings = { ...defaultSettings, dream: { ...defaultSettings.dream, ...options.settings } };
  const heritage = new Heritage({
    ...common,
    knowsHypothesis: () => true,
    dateOf: (at) => new Date(at).toISOString().slice(0, 10),
  });
  const review = new Review({
    ...common,
    store: { mind, hub } as Store,
    timeline: new Timeline(common),
    settings: () => settings,
    heritage,
  });
  const dreaming = new Dreaming({
    ...common,
    jobs,
    memory,
    themes,
    instance,
    local,
    settings: () => settings,
    readOnly: options.readOnly ?? (() => false),
    tidy: () => void jobs.prune(),
    findDamage: async () => null,
    considerHypotheses: async (signal) => {
      const { formed, withdrawn } = await review.consider(signal);
      return { formed, withdrawn };
    },
    promote: async () => ({ learned: await review.promote() }),
    doubtHypotheses: () => doubts(review.hypotheses.list(), heritage.current.preferences),
  });
  return {
    store,
    mind,
    clock,
    memory,
    masks: new Masks(common),
    themes,
    jobs,
    dreaming,
    change: (dream: Partial<Settings['dream']>) => {
      settings = { ...settings, dream: { ...settings.dream, ...dream } };
    },
    /** Dreams now and waits for the end; gives the message of the answer, or how the job ended. */
    async dream(force = false): Promise<string> {
      const { job, message } = dreaming.run({ force });
      if (job === null) return message;
      await jobs.idle();
      const ended = jobs.get(job.id);
      return `${ended.status}: ${ended.message}`;
    },
    async [Symbol.asyncDispose]() {
      dreaming.dispose();
      await jobs.dispose();
      themes.dispose();
      await memory.dispose();
      store.close();
    },
  };
}
export type World = Awaited<ReturnType<typeof openWorld>>;

const THEMES: readonly (readonly string[])[] = [
  ['scheduler', 'clock', 'flaky', 'cron', 'timezone', 'daylight'],
  ['parser', 'grammar', 'token', 'bracket', 'lexer', 'syntax'],
  ['invoice', 'rounding', 'currency', 'ledger', 'decimal', 'tax'],
];

/** What a theme's record of that number says. */
export function sentence(theme: number, n: number): string {
  const words = THEMES[theme]!;
  const [a, b, c] = [0, 1, 3].map((step) => words[(n + step) % words.length]!);
  return `The ${a} and the ${b} broke the ${c} again in week ${n}.`;
}

/**
 * A mind of some weeks: three themes, facts that say the same in other words, facts that contradict each other,
 * episodes that have faded, private records, another workspace.
 */
export async function fill({ mind, memory, clock }: World): Promise<void> {
  const now = clock.now();
  mind.transact((tx) => {
    for (const id of ['ws_one', 'ws_two'])
      tx.run('INSERT INTO workspaces (id, path, opened_at) VALUES (?, ?, 0)', id, `/${id}`);
    tx.emit({ type: 'workspace.registered', subject: 'both' });
  });
  const remember = (content: string, more: object, by: 'person' | 'companion' | 'agent' = 'person') =>
    memory.remember(rememberInput.parse({ content, workspace: '/ws_one', ...more }), by);
  for (let n = 0; n < 6; n++)
    for (let theme = 0; theme < THEMES.length; theme++)
      await remember(sentence(theme, n), {
        kind: 'episode',
        happenedAt: now - (30 - n) * DAY + theme * HOUR,
      });
  for (let n = 0; n < 6; n++)
    await remember(`Privately, ${sentence(0, n)}`, {
      kind: 'episode',
      private: true,
      happenedAt: now - n * DAY,
    });
  for (let n = 0; n < 6; n++)
    await remember(sentence(1, n), { kind: 'episode', workspace: '/ws_two', happenedAt: now - n * DAY });
  for (let n = 0; n < 2; n++) {
    await remember(`In CI the importer of part${n} fails on Mondays`, { kind: 'fact' });
    await remember(`The importer of part${n} fails on Mondays in CI`, { kind: 'fact' });
  }
  await remember('The gateway listens on port 8080', { kind: 'fact' });
  await remember('The gateway listens on port 9090', { kind: 'fact' });
  mind.record((writer) => {
    const sql = `INSERT INTO memories (id, kind, content, source, asks, happened_at, recorded_at, salience, tags, pinned,
      written_by) VALUES (?, 'episode', ?, '{}', 0, ?, ?, 0.2, '[]', 0, 'companion')`;
    for (let n = 0; n < 12; n++)
      writer.run(
        sql,
        `memory_old${n}`,
        `built number${n} of old before that release`,
        now - 500 * DAY,
        now - 500 * DAY,
      );
  });
  embed(mind);
}

/** What the indexer would have written, newest first, with vectors that have a place for each word. */
export function embed(mind: Mind): void {
  mind.record((writer) => {
    writer.run("INSERT OR IGNORE INTO memory_models VALUES ('words', ?, ?, 0)", DIMENSIONS, DIMENSIONS);
    const rows = writer.all<{ rowid: number; content: string }>(
      'SELECT memories.rowid, content FROM memories JOIN memory_queue ON memory = memories.rowid ORDER BY memory DESC',
    );
    for (const { rowid, content } of rows) {
      writer.run('INSERT INTO memory_vectors (memory, vector) VALUES (?, ?)', rowid, vectorOf(content));
      writer.run('DELETE FROM memory_queue WHERE memory = ?', rowid);
    }
  });
}

function vectorOf(text: string): Uint8Array {
  const sums = new Float64Array(DIMENSIONS);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    const random = seededRandom([...word].reduce((hash, letter) => hash * 31 + letter.charCodeAt(0), 7));
    for (let i = 0; i < DIMENSIONS; i++) sums[i]! += random.next() - 0.5;
  }
  const length = Math.hypot(...sums) || 1;
  return new Uint8Array(Int8Array.from(sums, (sum) => Math.round((127 * sum) / length)).buffer);
}

/** Everything that a dream may change, but for who held its lease and when it ended. */
export function contents({ store }: Pick<World, 'store'>): Record<string, unknown[]> {
  const tables: Record<string, string> = {
    memories: 'SELECT * FROM memories ORDER BY id',
    merged: 'SELECT * FROM memory_merged ORDER BY id',
    links: 'SELECT * FROM memory_links ORDER BY memory, kind, target',
    words: "SELECT rowid FROM memory_words WHERE memory_words MATCH 'again OR records' ORDER BY rowid",
    vectors: 'SELECT memory, hex(vector) AS vector FROM memory_vectors ORDER BY memory',
    queue: 'SELECT memory FROM memory_queue ORDER BY memory',
    clusters: 'SELECT * FROM clusters ORDER BY id',
    members: 'SELECT * FROM cluster_members ORDER BY subject',
    centroids: 'SELECT cluster, count, hex(vector) AS vector, terms FROM cluster_centroids ORDER BY cluster',
    scales: 'SELECT * FROM cluster_scales ORDER BY measure',
    meta: "SELECT * FROM meta WHERE key LIKE 'themes:%' OR key LIKE 'dream:%' ORDER BY key",
    dreams:
      'SELECT day, status, started_at, stage, checkpoint, summary, newest, pid, instance FROM dreams ORDER BY day',
  };
  return store.mind.read((reader) =>
    Object.fromEntries(Object.entries(tables).map(([name, sql]) => [name, reader.all(sql)])),
  );
}

/** The same data directory again, as it was when it was closed. */
export function copyOf(folder: string, to: string): string {
  cpSync(folder, path.resolve(to), { recursive: true });
  return to;
}
