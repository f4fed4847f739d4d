import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import type { Embeds } from '../../companion/embedding/index.ts';
import { type Random, seededRandom, systemClock } from '../../companion/kernel/index.ts';
import { type Memory, WEIGHTS, type Weights, WITHOUT_MODEL } from '../../companion/memory/index.ts';
import { openMemory } from '../support/memory.ts';
import { openStore } from '../support/store.ts';
import { temporaryFolder } from '../support/temporary.ts';
import type { Filled } from './support/fill-memory.ts';
import { embedding, MODEL, mindIn, words } from './support/generated-memory.ts';
import { IdleBeside } from './support/idle-beside.ts';
import { percentile, rounded } from './support/statistics.ts';
import { option } from './support/subject.ts';

const SIZES = [1_000, 10_000, 100_000, 1_000_000];
const VARIANTS: Readonly<Record<string, Weights>> = {
  'lexical+neighbours': WITHOUT_MODEL,
  'hybrid+rerank': WEIGHTS,
};
/** Fewer where each takes seconds. */
const queriesAt = (records: number) => (records > 100_000 ? 40 : 200);

/**
 * Recall as the store grows: records of generated conversations, whose words follow Zipf's law, and queries of
 * three to seven of them; beside it the raw FTS5 query for the same words on the same store, interleaved. Vectors are
 * generated as well: reading a million records with a model would take a day, and the search does not know. All of it is
 * filled in by another process. `pingMs`: the longest that the service's thread was held up while recall ran;
 * `ownPingMs`: the most by which that was longer than what held up an idle process in the same question.
 * `recall-scale [--records N]`.
 */
export default async function recallScale(args: readonly string[]) {
  const only = option(args, 'records');
  const rows = [];
  for (const records of only ? [Number(only)] : SIZES) rows.push(...(await measure(records)));
  return rows;
}

async function measure(records: number) {
  using folder = temporaryFolder();
  const { ingestPerSecond } = await fill(folder.path, records);
  const random = seededRandom(2);
  const store = await openStore(folder.path);
  const raw = new Database(mindIn(folder.path), { readonly: true });
  try {
    const rows = [];
    for (const [variant, weights] of Object.entries(VARIANTS)) {
      const memory = openMemory(store, systemClock, { random, weights, embedder: generated(random) });
      const figures = await ask(memory, raw, random, queriesAt(records));
      await memory.dispose();
      rows.push({ records, variant, ingestPerSecond, ...figures });
    }
    return rows;
  } finally {
    raw.close();
    store.close();
  }
}

/** In a process of its own: what filling leaves behind in one would be measured with the questions. */
async function fill(folder: string, records: number): Promise<Filled> {
  const child = fork(path.join(import.meta.dirname, 'support', 'fill-memory.ts'), [folder, String(records)]);
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`recall-scale: filling ended with ${code}`);
  });
  const [filled] = await Promise.race([once(child, 'message'), ended]);
  return filled as Filled;
}

async function ask(memory: Memory, raw: Database.Database, random: Random, queries: number) {
  const statement = raw.prepare(
    'SELECT rowid, bm25(memory_words) FROM memory_words WHERE memory_words MATCH ? ORDER BY rank LIMIT 10',
  );
  const [ours, floors]: [number[], number[]] = [[], []];
  using idle = await IdleBeside.start();
  await memory.recall({ query: 'a first question starts the thread', limit: 10 });
  const held: { from: number; until: number; ms: number }[] = [];
  let rss = 0;
  for (let i = 0; i < queries; i++) {
    const asked = words(random, 3, 5);
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const began = performance.now();
    await memory.recall({ query: asked.join(' '), limit: 10 });
    const ended = performance.now();
    delay.disable();
    ours.push(ended - began);
    held.push({ from: began, until: ended, ms: delay.max / 1e6 });
    rss = Math.max(rss, process.memoryUsage.rss());
    const floor = performance.now();
    statement.all(asked.map((each) => `"${each}"`).join(' OR '));
    floors.push(performance.now() - floor);
  }
  await sleep(100);
  const own = held.map(({ from, until, ms }) => {
    return ms - idle.heldUp(performance.timeOrigin + from, performance.timeOrigin + until);
  });
  const [p95, floor] = [percentile(ours, 95), percentile(floors, 95)];
  return {
    p50ms: rounded(percentile(ours, 50), 2),
    p95ms: rounded(p95, 2),
    rawFtsP95ms: rounded(floor, 2),
    ratio: rounded(p95 / floor, 2),
    pingMs: rounded(Math.max(...held.map(({ ms }) => ms)), 1),
    ownPingMs: rounded(Math.max(...own), 1),
    rssMb: Math.round(rss / 1_000_000),
  };
}

/** A model that answers at once. */
function generated(random: Random): Embeds {
  return {
    state: { kind: 'ready', model: MODEL },
    model: async () => MODEL,
    embed: async ({ text }) => {
      const pieces = text.split(' ');
      return { ...embedding(random, pieces.length), pieces };
    },
  };
}
