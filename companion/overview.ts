import type { Jobs } from './jobs/index.ts';
import type { Clock, Disposables } from './kernel/index.ts';
import { LoopHistory } from './loops/index.ts';
import type { Services } from './router.ts';
import { type Mind, workspaceId } from './store/index.ts';
import { watchSnapshots } from './watch-snapshots.ts';

/** A picture holds so many jobs, the newest; what runs is hardly ever older than a hundred others. */
const JOBS_TOLD = 100;

/** How things went over weeks, and long work as it goes on. */
export function composeOverview(
  { mind, clock, jobs }: { mind: Mind; clock: Clock; jobs: Jobs },
  owned: Disposables,
): Pick<Services, 'loopHistory' | 'watchJobs'> {
  const pause = () => new Promise<void>((resolve) => setImmediate(resolve));
  const history = new LoopHistory({ mind, pause });
  const pictures = watchSnapshots(() => jobs.list(JOBS_TOLD), clock, { settleMs: 250, pulseMs: 60_000 });
  owned.add(pictures);
  jobs.changed.add(() => pictures.changed());
  return {
    loopHistory: async ({ workspace, days }) => {
      const folder = workspace === undefined ? null : mind.read((reader) => workspaceId(reader, workspace));
      return history.last(days, clock.now(), folder);
    },
    watchJobs: (signal) => pictures.follow(signal),
  };
}
