import { useEffect, useState } from 'preact/hooks';
import type { WheelPreview, WheelRecipe, WheelRun } from '../../../companion/protocol/index.ts';
import { useSession } from '../../data/session.ts';
import { useLive } from '../../data/use-live.ts';
import { useWatch } from '../../data/use-watch.ts';
import { hasPreview } from '../../model/wheel-view.ts';

/** A change of runs or of leave; nothing else makes it worth asking again. */
export const concernsWheel = ({ type }: { type: string }) => /^(wheel|run|grant)\b/.test(type);

/** Runs of the folder, the newest first. */
export function useRuns() {
  const { workspace } = useSession();
  return useLive<WheelRun[]>(
    `runs ${workspace}`,
    (api, signal) => api.wheel.list({ ...(workspace !== null && { workspace }), limit: 100 }, { signal }),
    concernsWheel,
  );
}

/** What can be delegated in the folder. */
export function useRecipes() {
  const { workspace } = useSession();
  return useLive<WheelRecipe[]>(
    `recipes ${workspace}`,
    (api, signal) =>
      workspace === null ? Promise.resolve([]) : api.wheel.recipes({ workspace }, { signal }),
    ({ type }) => /^(workspace|settings)\b/.test(type),
  );
}

/** One run, as it goes on. */
export function useRun(id: string) {
  return useWatch<WheelRun>(`run ${id}`, (api, signal) => api.wheel.watch({ id }, { signal }));
}

export interface ShownPreview {
  /** What the reader looks at. It never changes under their eyes. */
  readonly preview: WheelPreview | null;
  /** The run would do something else by now: what is shown cannot be consented to. */
  readonly changed: boolean;
  readonly problem: ReturnType<typeof useLive>['problem'];
  /** Shows it as it is by now. */
  renew(): void;
}

/**
 * The preview of a run, fetched over this connection (a yes counts only for what the same connection was shown), and
 * again after each reconnection. The first one stays until the reader asks for the next.
 */
export function usePreview(run: WheelRun | null): ShownPreview {
  const id = run?.id ?? '';
  const there = run !== null && hasPreview(run);
  const live = useLive<WheelPreview | null>(
    `preview ${id} ${there ? run.digest : ''}`,
    (api, signal) => (there ? api.wheel.preview({ id }, { signal }) : Promise.resolve(null)),
    () => false,
  );
  const [shown, setShown] = useState<WheelPreview | null>(null);
  const fresh = live.data;
  useEffect(() => {
    if (fresh && (shown === null || shown.run !== fresh.run || shown.digest === fresh.digest))
      setShown(fresh);
  }, [fresh, shown]);
  const preview = there && shown?.run === id ? shown : null;
  return {
    preview,
    changed:
      preview !== null &&
      (run?.digest !== preview.digest || (fresh !== null && fresh.digest !== preview.digest)),
    problem: live.problem,
    renew: () => fresh && setShown(fresh),
  };
}
