// Forked by `recall-scale`: fills a new mind in FOLDER with RECORDS generated turns of conversations, and tells its rate.
import Database from 'better-sqlite3';
import { type Random, seededRandom, systemClock } from '../../../companion/kernel/index.ts';
import type { Memory } from '../../../companion/memory/index.ts';
import { rememberInput } from '../../../companion/protocol/index.ts';
import type { Store } from '../../../companion/store/index.ts';
import { openMemory } from '../../support/memory.ts';
import { openStore } from '../../support/store.ts';
import { embedding, MODEL, mindIn, words } from './generated-memory.ts';

/** What the parent gets. */
export interface Filled {
  readonly ingestPerSecond: number;
}

const TURNS_IN_SESSION = 25;
const BATCH = 2_000;
/** A record has about so many pieces. */
const PIECES = 24;

const [folder, records] = [process.argv[2]!, Number(process.argv[3])];
const random = seededRandom(1);
const store = await openStore(folder);
const memory = openMemory(store, systemClock, { random });
const ingestPerSecond = await fill(memory, records, random);
await memory.dispose();
fillVectors(store, random);
store.close();
settle(folder);
process.send?.({ ingestPerSecond } satisfies Filled);

async function fill(memory: Memory, records: number, random: Random): Promise<number> {
  const began = performance.now();
  for (let done = 0; done < records; done += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, records - done) }, (_, i) => {
      const session = `session ${Math.floor((done + i) / TURNS_IN_SESSION)}`;
      const content = words(random, 8, 30).join(' ');
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
