import { useEffect, useRef, useState } from 'preact/hooks';
import type { Loop } from '../../../companion/protocol/index.ts';
import { useSession } from '../../data/session.ts';
import { useLive } from '../../data/use-live.ts';
import { loopChanges } from '../../model/changes.ts';
import { inverse, type LoopPatch, withPending, withSaved } from '../../model/loop-actions.ts';
import { type LoopFilter, SCOPES } from '../../model/loop-filter.ts';
import { problemOf } from '../../model/problem.ts';

/** The most loops a view asks for; it says so when there are as many. */
export const MOST = 500;

/**
 * The loops of a scope, live, with changes shown at once and taken back when the companion refuses them: what
 * the companion told stays untouched below, so that taking back is forgetting.
 */
export function useLoops(filter: Pick<LoopFilter, 'scope' | 'everywhere'>) {
  const { workspace, client, announce, notify } = useSession();
  const folder = filter.everywhere ? null : workspace;
  const [pending, setPending] = useState<ReadonlyMap<string, LoopPatch>>(new Map());
  const live = useLive(`loops ${folder} ${filter.scope}`, (api, signal) =>
    api.loops.list(
      {
        ...(folder !== null && { workspace: folder }),
        status: [...SCOPES[filter.scope].statuses],
        limit: MOST,
      },
      { signal },
    ),
  );

  const before = useRef<readonly Loop[] | null>(null);
  const quiet = useRef(false);
  useEffect(() => {
    const said = live.data && loopChanges(before.current, live.data);
    before.current = live.data;
    // What the reader's own action changed has been said by its notice.
    if (said && !quiet.current) announce(said);
    if (pending.size === 0) quiet.current = false;
  }, [live.data, pending, announce]);

  const change = async (loop: Loop, patch: LoopPatch, done: string) => {
    if (pending.has(loop.id)) return;
    quiet.current = true;
    setPending((all) => new Map(all).set(loop.id, patch));
    try {
      const saved = await client.api.loops.update({ id: loop.id, ...patch });
      live.set((loops) => withSaved(loops, saved));
      const undo = () => void change(saved, inverse(loop, patch), 'Taken back');
      notify({ tone: 'done', text: `${done}: ${loop.title}`, ...(done !== 'Taken back' && { undo }) });
    } catch (error) {
      const problem = problemOf(error);
      notify({ tone: 'failed', text: `Not changed: ${loop.title}. ${problem.text}` });
    }
    setPending((all) => new Map([...all].filter(([id]) => id !== loop.id)));
  };

  return {
    loops: live.data && withPending(live.data, pending),
    problem: live.problem,
    at: live.at,
    refresh: live.refresh,
    busy: (id: string) => pending.has(id),
    change: (loop: Loop, patch: LoopPatch, done: string) => void change(loop, patch, done),
    added: (loop: Loop) => live.set((loops) => withSaved(loops, loop)),
  };
}

export type Loops = ReturnType<typeof useLoops>;
