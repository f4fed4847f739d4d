import type {
  Axis,
  Backup,
  Drift,
  InterruptionInWords,
  InterruptionStats,
  Job,
  Loop,
  LoopHistory,
  Mask,
  MemoryGrowth,
  SelfMoment,
  SelfState,
} from '../../../companion/protocol/index.ts';
import { useSession } from '../../data/session.ts';
import { useLive } from '../../data/use-live.ts';
import { useWatch } from '../../data/use-watch.ts';
import type { Range } from '../../model/overview/range.ts';

/** More moves than this nobody looks at. */
export const MOST_MOVES = 1000;
const TAPS_SHOWN = 30;

export interface Levels {
  readonly state: SelfState;
  readonly history: Readonly<Record<Axis, readonly SelfMoment[]>>;
}

/** The levels as they are, and what moved each. */
export function useLevels() {
  return useLive<Levels>(
    'levels',
    async (api, signal) => {
      const of = (axis: Axis) => api.self.history({ axis, limit: MOST_MOVES }, { signal });
      const [state, trust, warmth, arousal, valence] = await Promise.all([
        api.self.state({}, { signal }),
        of('trust'),
        of('warmth'),
        of('arousal'),
        of('valence'),
      ]);
      return { state, history: { trust, warmth, arousal, valence } };
    },
    ({ type }) => /^(limbic|self|tier)\b/.test(type),
  );
}

export interface Threads {
  readonly history: LoopHistory;
  readonly drift: readonly Drift[];
  readonly titles: ReadonlyMap<string, Loop>;
}

/** How threads of the folder came and went, and which left their scope. */
export function useThreads(days: Range) {
  const { workspace } = useSession();
  return useLive<Threads>(
    `threads ${workspace} ${days}`,
    async (api, signal) => {
      const of = workspace === null ? {} : { workspace };
      const [history, drift, loops] = await Promise.all([
        api.loops.history({ ...of, days }, { signal }),
        api.drift.list(of, { signal }),
        api.loops.list({ ...of, limit: 1000 }, { signal }),
      ]);
      return { history, drift, titles: new Map(loops.map((loop) => [loop.id, loop])) };
    },
    ({ type }) => /^(loop|drift|workspace)\b/.test(type),
  );
}

export interface Taps {
  readonly stats: InterruptionStats;
  readonly rows: readonly InterruptionInWords[];
}

export function useTaps(days: Range) {
  return useLive<Taps>(
    `taps ${days}`,
    async (api, signal) => {
      const [stats, rows] = await Promise.all([
        api.interruptions.stats({ days }, { signal }),
        api.interruptions.list({ limit: TAPS_SHOWN }, { signal }),
      ]);
      return { stats, rows };
    },
    ({ type }) => /^(interruption|tap|settings)\b/.test(type),
  );
}

export function useGrowth(days: Range) {
  const { workspace } = useSession();
  return useLive<MemoryGrowth>(
    `growth ${workspace} ${days}`,
    (api, signal) => api.memories.growth({ ...(workspace !== null && { workspace }), days }, { signal }),
    ({ type }) => /^(memory|workspace)\b/.test(type),
  );
}

export function useAdvisers() {
  return useLive<Mask[]>(
    'advisers',
    (api, signal) => api.advisers.list({}, { signal }),
    ({ type }) => /^(council|proposal|ballot|decision|mask|adviser)/.test(type),
  );
}

/** Long work, as it goes on. */
export function useJobs() {
  return useWatch<readonly Job[]>('jobs', (api, signal) => api.jobs.watch({}, { signal }));
}

export function useBackups() {
  return useLive<Backup[]>(
    'backups',
    (api, signal) => api.backups.list({}, { signal }),
    // Taking one tells no event of the mind; whoever takes one here asks again.
    ({ type }) => type === 'store.restored',
  );
}
