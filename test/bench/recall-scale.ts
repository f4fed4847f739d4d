import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import Database from 'better-sqlite3';
import type { Embedding, Embeds } from '../../companion/embedding/index.ts';
import { type Random, randomInt, seededRandom, systemClock } from '../../companion/kernel/index.ts';
import { type Memory, WEIGHTS, type Weights, WITHOUT_MODEL } from '../../companion/memory/index.ts';
import { rememberInput } from '../../companion/protocol/index.ts';
import type { Store } from '../../companion/store/index.ts';
import { openMemory } from '../support/memory.ts';
import { openStore } from '../support/store.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { percentile, rounded } from './support/statistics.ts';
import { option } from './support/subject.ts';

const SIZES = [1_000, 10_000, 100_000, 1_000_000];
const VARIANTS: Readonly<Record<string, Weights>> = {
  'lexical+neighbours': WITHOUT_MODEL,
  'hybrid+rerank': WEIGHTS,
};
/** Fewer where each takes seconds. */
const queriesAt = (records: number) => (records > 100_000 ? 40 : 200);
const TURNS_IN_SESSION = 25;
const BATCH = 2_000;
/** Words of the generated language; they are as unevenly common as those of a real one. */
const VOCABULARY = 30_000;
/** As the sentence model of the tests has them; a record has about so many pieces. */
const MODEL = { digest: 'generated', dimensions: 384, tokenDimensions: 64 };
const PIECES = 24;

/**
 * Recall as the store grows: records of generated conversations, whose words follow Zipf's law, and queries of
 * three to seven of them; beside it the raw FTS5 query for the same words on the same store, interleaved. Vectors are
 * generated as well: reading a million records with a model would take a day, and the search does not know. `pingMs`: the
 * longest that the service's thread was held up while recall ran. `recall-scale [--records N]`.
 */
export default async function recallScale(args: readonly string[]) {
  const only = option(args, 'records');
  const rows = [];
  for (const records of only ? [Number(only)] : SIZES) rows.push(...(await measure(records)));
  return rows;
}

async function measure(records: number) {
  using folder = temporaryFolder();
  const random = seededRandom(1);
  const store = await openStore(folder.path);
  const raw = new Database(mindIn(folder.path), { readonly: true });
  try {
    const writing = openMemory(store, systemClock, { random });
    const ingestPerSecond = await fill(writing, records, random);
    await writing.dispose();
    fillVectors(store, random);
    settle(folder.path);
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

const mindIn = (folder: string) => path.join(folder, 'actors', 'creator', 'mind.db');

async function ask(memory: Memory, raw: Database.Database, random: Random, queries: number) {
  const statement = raw.prepare(
    'SELECT rowid, bm25(memory_words) FROM memory_words WHERE memory_words MATCH ? ORDER BY rank LIMIT 10',
  );
  const [ours, floors]: [number[], number[]] = [[], []];
  await memory.recall({ query: 'a first question starts the thread', limit: 10 });
  let [held, rss] = [0, 0];
  for (let i = 0; i < queries; i++) {
    const words = Array.from({ length: 3 + randomInt(random, 5) }, () => word(random));
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const began = performance.now();
    await memory.recall({ query: words.join(' '), limit: 10 });
    ours.push(performance.now() - began);
    delay.disable();
    held = Math.max(held, delay.max / 1e6);
    rss = Math.max(rss, process.memoryUsage.rss());
    const floor = performance.now();
    statement.all(words.map((each) => `"${each}"`).join(' OR '));
    floors.push(performance.now() - floor);
  }
  const [p95, floor] = [percentile(ours, 95), percentile(floors, 95)];
  return {
    p50ms: rounded(percentile(ours, 50), 2),
    p95ms: rounded(p95, 2),
    rawFtsP95ms: rounded(floor, 2),
    ratio: rounded(p95 / floor, 2),
    pingMs: rounded(held, 1),
    rssMb: Math.round(rss / 1_000_000),
  };
}

async function fill(memory: Memory, records: number, random: Random): Promise<number> {
  const began = performance.now();
  for (let done = 0; done < records; done += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, records - done) }, (_, i) => {
      const session = `session ${Math.floor((done + i) / TURNS_IN_SESSION)}`;
      const content = Array.from({ length: 8 + randomInt(random, 30) }, () => word(random)).join(' ');
      const author = i % 2 === 0 ? 'Ana' : 'Bo';
      return memory.remember(rememberInput.parse({ kind: 'conversation', content, session, author }));
    });
    await Promise.all(batch);
  }
  return Math.round(records / ((performance.now() - began) / 1000));
}

/** What the indexer would have written, with numbers out of the air. */
function fillVectors({ mind }: Store, random: Random): void {
  mind.record((writer) => {
    const sql =
      'INSERT INTO memory_models (digest, dimensions, token_dimensions, chosen_at) VALUES (?, ?, ?, 0)';
    writer.run(sql, MODEL.digest, MODEL.dimensions, MODEL.tokenDimensions);
  });
  for (;;) {
    const sql = `SELECT memory FROM memory_queue LIMIT ${BATCH}`;
    const rows = mind.read((reader) => reader.all<{ memory: number }>(sql));
    if (rows.length === 0) return;
    mind.record((writer) => {
      for (const { memory } of rows) {
        const { vector, tokens } = embedding(random, PIECES);
        writer.run(
          'INSERT INTO memory_vectors (memory, vector) VALUES (?, ?)',
          memory,
          new Uint8Array(vector.buffer),
        );
        writer.run(
          'INSERT INTO memory_tokens (memory, tokens) VALUES (?, ?)',
          memory,
          new Uint8Array(tokens.buffer),
        );
        writer.run('DELETE FROM memory_queue WHERE memory = ?', memory);
      }
    });
  }
}

/** Brings what was filled to the disk: at a million that takes seconds, which the first to write would wait for. */
function settle(folder: string): void {
  const database = new Database(mindIn(folder));
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
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

function embedding(random: Random, pieces: number): Embedding {
  const bytes = (length: number, most: number) =>
    Int8Array.from({ length }, () => Math.round((random.next() * 2 - 1) * most));
  return {
    vector: bytes(MODEL.dimensions, 11),
    tokens: bytes(MODEL.tokenDimensions * pieces, 27),
    pieces: [],
  };
}

/** A pronounceable word; the nth most common is drawn in proportion to 1/n. */
function word(random: Random): string {
  let n = Math.floor(VOCABULARY ** random.next());
  let text = '';
  do {
    text += 'bdfgklmnprstvz'[n % 14]! + 'aeiou'[Math.floor(n / 14) % 5]!;
    n = Math.floor(n / 70);
  } while (n > 0);
  return `${text}x`;
}
