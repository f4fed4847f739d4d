import * as anchors from './anchors/index.ts';
import { Convergence } from './convergence/index.ts';
import { CouncilSide } from './council-side.ts';
import { demoThemes } from './demo-themes.ts';
import { weigh } from './drift/index.ts';
import { Embedder } from './embedding/index.ts';
import * as git from './git/index.ts';
import { Interruption, systemLocalTime } from './interruption/index.ts';
import { Jobs } from './jobs/index.ts';
import {
  createCpuBudget,
  Disposables,
  newId,
  seededRandom,
  silentLogger,
  VirtualClock,
} from './kernel/index.ts';
import { LoopStore, Notes } from './loops/index.ts';
import { Masks, Memory } from './memory/index.ts';
import { composeNight } from './nightly.ts';
import type { Tap, TapAnswer } from './protocol/index.ts';
import { defaultSettings, ProgenyError, type Settings } from './protocol/index.ts';
import { OwnSelf } from './self.ts';
import { SettingsStore } from './settings-store.ts';
import { Store } from './store/index.ts';
import { composeStory } from './storytelling.ts';
import { WatchedWork } from './watched-work.ts';
import { readTextFile } from './workspaces/index.ts';

export interface DemoRoomsOptions {
  readonly dataDirectory: string;
  /** When it begins. */
  readonly start: number;
  /** The branch that is checked out in a folder. */
  branchOf(folder: string): string | null;
  /** What the person answers to a tap, and how long they take, in ms. */
  answer(tap: Tap): { readonly answer: TapAnswer; readonly afterMs: number };
  /** The number of the theme of something that is remembered. */
  topicOf(id: string): number | null;
}

const SEED = 7;
/** Nobody is there at night, and no dream begins by itself: the demo says when. */
const SETTINGS: Settings = {
  ...defaultSettings,
  dream: { ...defaultSettings.dream, at: '', materialMinutes: 0 },
};

/** The rooms of the product on a data directory and a clock of their own: nothing is sensed and no port is opened. */
export type DemoRooms = Awaited<ReturnType<typeof openDemoRooms>>;

export async function openDemoRooms({ dataDirectory, start, branchOf, answer, topicOf }: DemoRoomsOptions) {
  const owned = new Disposables();
  const clock = new VirtualClock(start);
  const random = seededRandom(SEED);
  const logger = silentLogger;
  const settings = () => SETTINGS;
  const none = { dispose: () => {} };
  // What follows the log, and backups, wait for the evening: the demo says when.
  const still = { now: () => clock.now(), after: () => none, every: () => none };
  const store = await Store.open({
    dataDirectory,
    clock: still,
    random,
    logger,
    limits: () => SETTINGS.store,
    durability: 'OFF',
  });
  owned.add({ dispose: () => store.close() });
  const { hub, mind } = store;
  const kept = new SettingsStore();
  kept.attach(hub);
  // A dream of the running demo would draw its themes anew, by words alone.
  kept.update({ dream: { at: '' } });
  const common = { mind, clock, random, logger };
  const jobs = new Jobs({ hub, clock, random, logger });
  const loops = new LoopStore(common);
  const embedder = owned.add(new Embedder({ clock, folder: null, cache: dataDirectory }));
  const themes = demoThemes({ ...common, topicOf });
  const memory = owned.add(new Memory({ ...common, embedder }));
  const notes = new Notes({
    ...common,
    loops,
    makeAnchor: anchors.makeAnchor,
    readText: readTextFile,
    remember: (tx, note) => memory.takeUp(tx, note),
    branchOf,
  });
  const self = new OwnSelf({
    ...{ ...common, clock: still, store, dataDirectory, settings, localTime: systemLocalTime },
    degraded: () => false,
    onHealth: () => {},
    backups: async () => [],
  });
  owned.add(self);
  const convergence = new Convergence({ ...common, heritage: self.heritage });
  /** Until when a tap is on the screen. */
  let tapUntil = 0;
  const editor = {
    id: 'editor',
    ask: (_: 'tap', tap: Tap) => {
      const { answer: said, afterMs } = answer(tap);
      tapUntil = clock.now() + afterMs;
      return new Promise<unknown>((resolve) => clock.after(afterMs, () => resolve(said)));
    },
  };
  const interruption = new Interruption({
    ...{ ...common, settings, localTime: systemLocalTime },
    clients: () => [editor],
  });
  owned.add(interruption);
  const budget = createCpuBudget(clock);
  const watched = new WatchedWork({
    ...{ ...common, git, loops, budget, interruption, settings },
    // Patterns look at the time that passes; drift waits for the evening.
    clock: { ...still, every: (ms, task) => clock.every(ms, task) },
  });
  owned.add(watched);
  const narrator = composeStory({
    ...common,
    clock: still,
    settings,
    watched,
    language: () => null,
    confidential: () => false,
  });
  owned.add(narrator);
  const masks = new Masks(common);
  const council = new CouncilSide({
    ...{ ...common, clock: still, memory, masks, loops, notes, timeline: watched.timeline },
    // What was measured then cannot be read from repositories as they are now.
    program: new ProgenyError('conflict', 'The repositories of the demo are read only when it runs.'),
    drift: (loop) => {
      const [newest] = watched.drift.of(loop, 1);
      return newest ? weigh({ ...newest.parts, conflict: null }).rating : null;
    },
    confidential: () => false,
    language: () => null,
  });
  owned.add(council);
  const { review, dreaming } = composeNight(
    {
      ...{ ...common, store, jobs, memory, themes, timeline: watched.timeline, interruption, settings },
      instance: newId('instance', start, random),
      heritage: self.heritage,
      inPeakHours: () => false,
      forgetOld: () => {},
    },
    owned,
  );
  owned.add(jobs);
  return {
    ...{ clock, store, mind, jobs, loops, notes, memory, self, convergence, interruption, watched },
    ...{ narrator, masks, council, review, dreaming, settings },
    /** Goes forward to a time. A tap that is on the screen until then is answered on the way. */
    async to(time: number): Promise<void> {
      if (tapUntil > clock.now() && tapUntil <= time) {
        clock.sleepUntil(tapUntil);
        await turn();
      }
      clock.sleepUntil(time);
    },
    dispose: () => owned.dispose(),
  };
}

/** Lets what was promised happen. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
