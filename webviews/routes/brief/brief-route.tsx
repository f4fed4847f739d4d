import { useEffect, useRef } from 'preact/hooks';
import type { Brief } from '../../../companion/protocol/index.ts';
import { useSession } from '../../data/session.ts';
import { useLive } from '../../data/use-live.ts';
import { briefChanges } from '../../model/changes.ts';
import { problemOf } from '../../model/problem.ts';
import { Skeleton } from '../../parts/states.tsx';
import { ProblemBlank, ProblemStrip } from '../problem-view.tsx';
import { BriefHead } from './brief-head.tsx';
import { BriefView } from './brief-view.tsx';

/** Where you are: fetched whole, again whenever something changes. */
export function BriefRoute() {
  const { workspace, client, announce, notify } = useSession();
  const folder = workspace ?? '';
  const live = useLive(`brief ${folder}`, (api, signal) => api.brief.get({ workspace: folder }, { signal }));
  const before = useRef<Brief | null>(null);

  useEffect(() => {
    if (!live.data) return;
    const said = briefChanges(before.current, live.data);
    before.current = live.data;
    if (said) announce(said);
  }, [live.data, announce]);

  const scan = async () => {
    try {
      await client.api.workspaces.scan({ path: folder });
      announce('Reading the repository again.');
    } catch (error) {
      notify({ tone: 'failed', text: problemOf(error).text });
    }
  };

  if (!live.data) {
    return (
      <article class="brief">
        <BriefHead />
        {live.problem ? (
          <ProblemBlank problem={live.problem} retry={live.refresh} />
        ) : (
          <Skeleton rows={7} label="Loading the brief" />
        )}
      </article>
    );
  }
  return (
    <>
      {live.problem && <ProblemStrip problem={live.problem} at={live.at} />}
      <BriefView brief={live.data} scan={() => void scan()} />
    </>
  );
}
