import { setTimeout as delay } from 'node:timers/promises';
import type { StageContext } from '../../companion/dream/index.ts';
import { dreamStages } from '../../companion/dream-stages.ts';
import {
  type Random,
  randomInt,
  seededRandom,
  silentLogger,
  systemClock,
} from '../../companion/kernel/index.ts';
import type { Memory } from '../../companion/memory/index.ts';
import { rememberInput } from '../../companion/protocol/index.ts';
import type { Mind } from '../../companion/store/index.ts';
import { Themes } from '../../companion/themes.ts';
import { openMemory } from '../support/memory.ts';
import { openStore } from '../support/store.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { rounded } from './support/statistics.ts';
import { option } from './support/subject.ts';

const RECORDS = 20_000;
const TOPICS = 60;
const BATCH = 1000;
const DIMENSIONS = 384;
const DAY = 24 * 60 * 60 * 1000;

/**
 * A first dream over a mind of so many generated records, of sixty topics, one in ten a fact; then another with a
 * twentieth more of them. For each stage, how long it takes, and the longest that the service's thread was held up
 * meanwhile, which is what a ping waits: `maxBusyMs` is what it was at work for, without what else ran on the machine. With and without vectors. `dream [--records N]`.
 */
export default async function dream(args: readonly string[]) {
  const records = Number(option(args, 'records') ?? RECORDS);
  return [...(await measure(records, false)), ...(await measure(records, true))];
}

async function measure(records: number, vectors: boolean) {
  using folder = temporaryFolder();
  const store = await openStore(folder.path);
  const { mind } = store;
  const common = { mind, clock: systemClock, random: seededRandom(1), logger: silentLogger };
  const themes = new Themes(common);
  const memory = openMemory(store, systemClock);
  const stages = dreamStages({
    ...common,
    memory,
    themes,
    dateOf: (at) => new Date(at).toISOString().slice(0, 10),
    tidy: () => {},
    findDamage: () => store.findDamage(),
    // Beliefs come from a timeline, of which there is none here.
    considerHypotheses: async () => ({}),
    promote: async () => ({}),
    doubtHypotheses: () => [],
  });
  const random = seededRandom(2);
  const rows = [];
  for (const [run, more] of [
    ['first', records],
    ['next', records / 20],
  ] as const) {
    await fill({ mind, memory }, more, random, vectors);
    for (const stage of stages) {
      const watch = watchThread();
      const began = performance.now();
      const { counts } = await stage.run(context());
      const seconds = rounded((performance.now() - began) / 1000, 2);
      const { wall, busy } = await watch.end();
      const did = Object.entries(counts).map(([name, n]) => `${n} ${name}`);
      const row = {
        records,
        vectors,
        run,
        stage: stage.name,
        seconds,
        maxPingMs: rounded(wall, 1),
        maxBusyMs: rounded(busy, 1),
      };
      rows.push({ ...row, did: did.join(', ') });
      process.stderr.write(`  ${JSON.stringify(rows.at(-1))}\n`);
    }
  }
  themes.dispose();
  await memory.dispose();
  store.close();
  return rows;
}

/**
 * The longest between two looks a millisecond apart: by the clock, which other work on the machine lengthens, and in
 * processor time of this thread, which is ours alone.
 */
function watchThread() {
  let [wall, busy, ended] = [0, 0, false];
  const cpu = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  const watching = (async () => {
    let last = { at: performance.now(), cpu: cpu() };
    while (!ended) {
      await delay(1);
      const now = { at: performance.now(), cpu: cpu() };
      wall = Math.max(wall, now.at - last.at - 1);
      busy = Math.max(busy, now.cpu - last.cpu);
      last = now;
    }
  })();
  return {
    async end() {
      await delay(5);
      ended = true;
      await watching;
      return { wall, busy };
    },
  };
}

function context(): StageContext {
  return {
    signal: new AbortController().signal,
    day: '2026-03-01',
    now: Date.now(),
    checkpoint: null,
    results: {},
    save: () => {},
    progress: () => {},
  };
}

async function fill(
  { mind, memory }: { mind: Mind; memory: Memory },
  records: number,
  random: Random,
  vectors: boolean,
): Promise<void> {
  const topics: number[] = [];
  const now = Date.now();
  for (let done = 0; done < records; done += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, records - done) }, (_, i) => {
      const topic = randomInt(random, TOPICS);
      topics.push(topic);
      const words = Array.from({ length: 10 + randomInt(random, 25) }, () => word(random, topic));
      const kind = i % 10 === 0 ? 'fact' : 'episode';
      const happenedAt = now - Math.floor(random.next() * 300 * DAY);
      return memory.remember(
        rememberInput.parse({ kind, content: words.join(' '), happenedAt }),
        'companion',
      );
    });
    await Promise.all(batch);
  }
  if (!vectors) return;
  mind.record((writer) => {
    writer.run("INSERT OR IGNORE INTO memory_models VALUES ('generated', ?, 64, 0)", DIMENSIONS);
    const rows = writer.all<{ memory: number }>('SELECT memory FROM memory_queue ORDER BY memory');
    for (const [i, { memory: record }] of rows.entries()) {
      const vector = vectorOf(random, topics[i]!);
      writer.run('INSERT INTO memory_vectors (memory, vector) VALUES (?, ?)', record, vector);
    }
    writer.run('DELETE FROM memory_queue');
  });
}

/** Half of a text is about its topic, the other half anything, as unevenly common as words are. */
function word(random: Random, topic: number): string {
  const rank = Math.floor(random.next() ** 3 * 60);
  return random.next() < 0.5 ? `topic${topic}x${rank}` : `word${Math.floor(random.next() ** 4 * 20_000)}`;
}

function vectorOf(random: Random, topic: number): Uint8Array {
  const axis = seededRandom(topic + 100);
  const sums = Float64Array.from(
    { length: DIMENSIONS },
    () => axis.next() - 0.5 + 1.2 * (random.next() - 0.5),
  );
  const length = Math.hypot(...sums);
  return new Uint8Array(Int8Array.from(sums, (sum) => Math.round((127 * sum) / length)).buffer);
}
