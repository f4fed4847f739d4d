import { type Belief, Hypotheses } from '../../companion/hypotheses/index.ts';
import type { ToLocal } from '../../companion/interruption/index.ts';
import { seededRandom } from '../../companion/kernel/index.ts';
import type { WorkEvent } from '../../companion/timeline/index.ts';
import { openStore } from './store.ts';
import { temporaryFolder } from './temporary.ts';

/** Beliefs over a given history, in a store of their own; what is learned is kept in a map. */
export async function openHypotheses(
  history: readonly WorkEvent[],
  { local, perDay = 5, dayStartsAt = 5 }: { local: ToLocal; perDay?: number; dayStartsAt?: number },
) {
  const folder = temporaryFolder();
  const store = await openStore(folder.path);
  let events = history;
  const learned = new Map<string, Belief>();
  const add = (workspace: string) =>
    store.mind.transact((tx) => {
      tx.run(
        'INSERT OR IGNORE INTO workspaces (id, path, opened_at) VALUES (?, ?, 0)',
        workspace,
        `/${workspace}`,
      );
      tx.emit({ type: 'workspace.opened', subject: workspace });
    });
  for (const workspace of new Set(events.map((event) => event.workspace))) add(workspace);
  const options = {
    mind: store.mind,
    random: seededRandom(1),
    calendar: () => ({ local, dayStartsAt }),
    perDay: () => perDay,
    work: (from: number, until: number) => events.filter(({ at }) => from <= at && at < until),
    heritage: {
      learn: (belief: Belief) => learned.set(belief.hypothesis, belief),
      unlearn: (id: string) => learned.delete(id),
    },
    bury: (tombstone: { id: string; origin: string | null; at: number }) => store.mind.bury([tombstone]),
    pause: async () => {},
  };
  return {
    store,
    options,
    learned,
    hypotheses: new Hypotheses(options),
    /** From now on this is the history. */
    live(other: readonly WorkEvent[]) {
      events = other;
    },
    async [Symbol.asyncDispose]() {
      store.close();
      folder[Symbol.dispose]();
    },
  };
}
