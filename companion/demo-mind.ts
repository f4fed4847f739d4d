import { mkdir } from 'node:fs/promises';
import { type Life, lifeUntil, type ProjectName } from './demo/index.ts';
import { Living } from './demo-living.ts';
import { type Deed, deedsOf } from './demo-minding.ts';
import { type DemoRepository, makeRepositories } from './demo-repositories.ts';
import { type DemoRooms, openDemoRooms, turn } from './demo-rooms.ts';
import { answerTo } from './demo-taps.ts';

export interface WriteDemoOptions {
  /** An empty folder of its own. */
  readonly dataDirectory: string;
  /** Where the repositories go. */
  readonly projects: string;
  readonly now: number;
  readonly signal: AbortSignal;
  /** Told now and then, in words. */
  progress(words: string): void;
}

/** What was written. */
export interface WrittenDemo {
  readonly folders: readonly string[];
}

const HOUR = 60 * 60_000;
/** Nights with a dream, counted from the last: each draws all themes anew, which takes a second or two. */
const DREAMS_BEFORE_LAST = new Set([0, 7, 91]);

/**
 * Writes half a year into a data directory, through the rooms of the product and by a clock of its own: what is there
 * afterwards is what the product would have written. Rejects with the signal's reason; what is there then is no use.
 */
export async function writeDemo({
  dataDirectory,
  projects,
  now,
  signal,
  progress,
}: WriteDemoOptions): Promise<WrittenDemo> {
  progress('Writing six months: the projects');
  const life = lifeUntil(now);
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 });
  const made = await makeRepositories(projects, life, signal);
  const repositories = new Map(made.map((each) => [each.project, each]));
  const branches = new Map<string, string>();
  const topics = new Map<string, number>();
  let taps = 0;
  const rooms: DemoRooms = await openDemoRooms({
    dataDirectory,
    start: life.days[0]!.midnight + 7 * HOUR,
    branchOf: (folder) => branches.get(folder) ?? 'main',
    answer: (tap) => answerTo(tap, taps++),
    topicOf: (id) => topicBy(rooms, topics, id),
  });
  try {
    await live(life, rooms, repositories, { branches, topics, signal, progress });
  } finally {
    await rooms.dispose();
  }
  return { folders: made.map(({ folder }) => folder) };
}

async function live(
  life: Life,
  rooms: DemoRooms,
  repositories: ReadonlyMap<ProjectName, DemoRepository>,
  {
    branches,
    topics,
    signal,
    progress,
  }: Pick<WriteDemoOptions, 'signal' | 'progress'> & {
    readonly branches: Map<string, string>;
    readonly topics: Map<string, number>;
  },
): Promise<void> {
  const living = new Living(life, rooms, repositories, { branches, topics });
  living.begin();
  await rooms.watched.patterns.start();
  const deeds: Deed[] = [
    ...life.happenings.map((what) => ({ at: what.at, run: () => living.take(what) })),
    ...deedsOf(life, rooms, living),
    ...nights(life, rooms),
  ].sort((a, b) => a.at - b.at);
  const month = new Intl.DateTimeFormat('en-GB', { month: 'long' });
  let told = '';
  for (const { at, run } of deeds) {
    signal.throwIfAborted();
    if (at > life.until) break;
    await rooms.to(at);
    const name = month.format(at);
    if (name !== told) progress(`Writing six months: ${name}`);
    told = name;
    await run();
  }
  await rooms.to(life.until);
  await settle(rooms);
}

/** What a record is about, or what it mirrors. */
function topicBy({ mind }: DemoRooms, topics: ReadonlyMap<string, number>, id: string): number | null {
  const known = topics.get(id);
  if (known !== undefined) return known;
  const row = mind.read((reader) =>
    reader.get<{ origin: string | null }>('SELECT origin FROM memories WHERE id = ?', id),
  );
  return (row?.origin ? topics.get(row.origin) : undefined) ?? null;
}

/** Each evening what follows the log catches up; every third week it dreams. */
function nights(life: Life, rooms: DemoRooms): Deed[] {
  return life.days.slice(0, -1).map(({ midnight }, i) => ({
    at: midnight + 26 * HOUR,
    run: async () => {
      await settle(rooms);
      if (!DREAMS_BEFORE_LAST.has(life.days.length - 2 - i)) return;
      rooms.dreaming.run({ force: true });
      await rooms.jobs.idle();
    },
  }));
}

async function settle({ watched, self, narrator, council }: DemoRooms): Promise<void> {
  await watched.drift.catchUp();
  await turn();
  council.council.observer.catchUp();
  self.limbic.catchUp();
  narrator.catchUp();
}
