import path from 'node:path';
import Database from 'better-sqlite3';
import { type Random, randomInt, seededRandom, systemClock } from '../../companion/kernel/index.ts';
import type { Memory } from '../../companion/memory/index.ts';
import { rememberInput } from '../../companion/protocol/index.ts';
import { openMemory } from '../support/memory.ts';
import { openStore } from '../support/store.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { percentile, rounded } from './support/statistics.ts';
import { option } from './support/subject.ts';

const SIZES = [1_000, 10_000, 100_000, 1_000_000];
const QUERIES = 200;
const TURNS_IN_SESSION = 25;
const BATCH = 2_000;
/** Words of the generated language; they are as unevenly common as those of a real one. */
const VOCABULARY = 30_000;

/**
 * Recall as the store grows: records of generated conversations, whose words follow Zipf's law, and queries of
 * three to seven of them; beside it the raw FTS5 query for the same words on the same store, interleaved.
 * `recall-scale [--records N]`.
 */
export default async function recallScale(args: readonly string[]) {
  const only = option(args, 'records');
  const rows = [];
  for (const records of only ? [Number(only)] : SIZES) rows.push(await measure(records));
  return rows;
}

async function measure(records: number) {
  using folder = temporaryFolder();
  const random = seededRandom(1);
  const store = await openStore(folder.path);
  try {
    const memory = openMemory(store, systemClock, { random });
    const ingestPerSecond = await fill(memory, records, random);
    const raw = new Database(path.join(folder.path, 'actors', 'creator', 'mind.db'), { readonly: true });
    const statement = raw.prepare(
      'SELECT rowid, bm25(memory_words) FROM memory_words WHERE memory_words MATCH ? ORDER BY rank LIMIT 10',
    );
    const ours: number[] = [];
    const floors: number[] = [];
    for (let i = 0; i < QUERIES; i++) {
      const words = Array.from({ length: 3 + randomInt(random, 5) }, () => word(random));
      ours.push(await timed(() => memory.recall({ query: words.join(' '), limit: 10 })));
      floors.push(timed(() => statement.all(words.map((each) => `"${each}"`).join(' OR '))));
    }
    raw.close();
    const [p95, floor] = [percentile(ours, 95), percentile(floors, 95)];
    return {
      records,
      variant: 'lexical+neighbours',
      ingestPerSecond,
      p50ms: rounded(percentile(ours, 50), 2),
      p95ms: rounded(p95, 2),
      rawFtsP95ms: rounded(floor, 2),
      ratio: rounded(p95 / floor, 2),
      rssMb: Math.round(process.memoryUsage.rss() / 1_000_000),
    };
  } finally {
    store.close();
  }
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

function timed(work: () => unknown): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}
