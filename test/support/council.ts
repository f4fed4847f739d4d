import { type Case, Council, type Matter, type Measures } from '../../companion/council/index.ts';
import { seededRandom, silentLogger, VirtualClock } from '../../companion/kernel/index.ts';
import type { Language } from '../../companion/language/index.ts';
import { LoopStore } from '../../companion/loops/index.ts';
import { Masks } from '../../companion/memory/index.ts';
import type { Store } from '../../companion/store/index.ts';
import { addLoop, openStore } from './store.ts';
import { temporaryFolder } from './temporary.ts';

export const START = 1_772_400_000_000;
export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

export interface CouncilWorld extends AsyncDisposable {
  readonly clock: VirtualClock;
  readonly store: Store;
  readonly masks: Masks;
  readonly council: Council;
  readonly loops: LoopStore;
  /** Another council on the same store, as after a restart. */
  begin(): Council;
  addLoop(id: string): string;
  setLoop(id: string, status: 'blessed' | 'dropped' | 'open' | 'stale'): void;
}

/** A council on a store of its own, with a clock that stands still, and no model unless one is given. */
export async function councilWorld(
  language: Pick<Language, 'chosen' | 'generate'> | null = null,
): Promise<CouncilWorld> {
  const folder = temporaryFolder();
  const clock = new VirtualClock(START);
  // The store looks after the disk every few seconds, which ninety days of a test have too many of.
  const still = { now: () => clock.now(), after: () => ({ dispose() {} }), every: () => ({ dispose() {} }) };
  const store = await openStore(folder.path, { clock: still });
  const random = seededRandom(7);
  const common = { mind: store.mind, clock, random, logger: silentLogger };
  const masks = new Masks(common);
  const loops = new LoopStore(common);
  const councils: Council[] = [];
  const begin = () => {
    const council = new Council({
      ...common,
      memory: masks,
      language: () => language,
      act(tx, loop, choice) {
        if (choice === 'discard') loops.change(tx, loop, { status: 'dropped' });
        if (choice !== 'fork') return null;
        const row = loops.row(tx, loop);
        const rest = {
          title: 'split',
          context: '',
          priority: 'normal',
          private: false,
          anchors: [],
        } as const;
        return loops.open(tx, row.workspace, { ...rest, source: 'manual', parent: loop });
      },
      remember: () => {},
    });
    councils.push(council);
    return council;
  };
  const council = begin();
  council.start();
  return {
    ...{ clock, store, masks, council, loops, begin },
    addLoop: (id) => addLoop(store, id),
    setLoop: (id, status) => void loops.update({ id, status }),
    async [Symbol.asyncDispose]() {
      for (const each of councils) each.dispose();
      store.close();
      folder[Symbol.dispose]();
    },
  };
}

/** Options of which so much is remembered, for opinions that differ. */
export function optionMeasures(...mentions: readonly number[]): Measures {
  return {
    of: 'options',
    options: mentions.map((n) => ({
      mentions: n,
      newestDays: n === 0 ? null : 3,
      chosen: n > 2 ? 1 : 0,
      refused: 0,
      trouble: 0,
      success: Math.floor(n / 2),
      cites: [],
    })),
  };
}

/** That everybody votes for, or against, going on. */
export function clearly(side: 'for' | 'against'): Measures {
  const [support, against] = side === 'for' ? [6, 0] : [0, 6];
  return { of: 'stance', stance: { support, against, blockers: 0, supportCites: [], againstCites: [] } };
}

export function question(more: Partial<Matter & Case> = {}): Matter {
  return {
    kind: 'question',
    question: 'Which database?',
    options: ['SQLite', 'PostgreSQL'],
    workspace: null,
    subject: null,
    topic: 'topic',
    measures: optionMeasures(6, 0),
    measured: [],
    evidence: [],
    sources: [],
    onlyLocal: false,
    guild: null,
    correction: false,
    ...more,
  };
}
