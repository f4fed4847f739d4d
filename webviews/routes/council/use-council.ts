import { useState } from 'preact/hooks';
import type { Drift, Guild, Mask, MaskOffer, Proposal } from '../../../companion/protocol/index.ts';
import { useSession } from '../../data/session.ts';
import { useLive } from '../../data/use-live.ts';
import { problemOf } from '../../model/problem.ts';

/** A change of proposals, masks or guilds; nothing else makes it worth asking again. */
export const concernsCouncil = ({ type }: { type: string }) =>
  /^(council|proposal|ballot|decision|mask|adviser|guild)/.test(type);

/** What was before the council, of the folder and of no folder, the newest first. */
export function useProposals() {
  const { workspace } = useSession();
  return useLive<Proposal[]>(
    `proposals ${workspace}`,
    (api, signal) => api.council.list({ ...(workspace !== null && { workspace }) }, { signal }),
    concernsCouncil,
  );
}

export function useProposal(id: string) {
  return useLive<Proposal>(
    `proposal ${id}`,
    (api, signal) => api.council.get({ id }, { signal }),
    concernsCouncil,
  );
}

export function useMasks() {
  return useLive<{ masks: (Mask & { drift: Drift | null })[]; offers: MaskOffer[] }>(
    'masks',
    async (api, signal) => {
      const [masks, offers] = await Promise.all([
        api.advisers.list({}, { signal }),
        api.advisers.offers({}, { signal }),
      ]);
      // A card without a word on its drift is better than no card.
      const drifts = await Promise.all(
        masks.map(({ id }) => api.drift.get({ id, limit: 1 }, { signal }).catch(() => [])),
      );
      return { masks: masks.map((mask, i) => ({ ...mask, drift: drifts[i]?.[0] ?? null })), offers };
    },
    concernsCouncil,
  );
}

export function useGuilds() {
  return useLive<Guild[]>('guilds', (api, signal) => api.guilds.list({}, { signal }), concernsCouncil);
}

/** Runs one change at a time and tells what came of it. */
export function useAct() {
  const { notify } = useSession();
  const [busy, setBusy] = useState(false);
  /** Resolves to what went wrong, or null. */
  const act = async (work: () => Promise<unknown>, done: string): Promise<string | null> => {
    if (busy) return null;
    setBusy(true);
    try {
      await work();
      notify({ tone: 'done', text: done });
      return null;
    } catch (error) {
      return problemOf(error).text;
    } finally {
      setBusy(false);
    }
  };
  /** The same, for where there is no form that could show what went wrong. */
  const run = (work: () => Promise<unknown>, done: string): void =>
    void act(work, done).then((problem) => {
      if (problem !== null) notify({ tone: 'failed', text: `Not done. ${problem}` });
    });
  return { busy, act, run };
}
