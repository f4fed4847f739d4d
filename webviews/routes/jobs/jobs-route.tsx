import { byStanding } from '../../model/overview/job-words.ts';
import { Blank, Skeleton } from '../../parts/states.tsx';
import { useJobs } from '../dashboard/use-dashboard.ts';
import { ProblemBlank, ProblemStrip } from '../problem-view.tsx';
import { Backups } from './backups.tsx';
import { Dreams } from './dreams.tsx';
import { Ended, Going } from './job-lists.tsx';

/** Long work: what runs and waits, what has ended; the nightly run; backups. */
export function JobsRoute() {
  const live = useJobs();
  const standing = live.data && byStanding(live.data);
  const going = standing ? [...standing.running, ...standing.waiting] : [];
  return (
    <div class="split jobs">
      <header class="page-head">
        <div>
          <h1>
            Background work <small>· jobs</small>
          </h1>
          <p class="sub">What takes longer than a moment. It survives a restart, and goes on where it was.</p>
        </div>
      </header>
      {live.problem && live.data && <ProblemStrip problem={live.problem} at={live.at} />}
      {live.problem && !live.data && <ProblemBlank problem={live.problem} retry={live.refresh} />}
      {!live.problem && !live.data && <Skeleton rows={4} label="Loading long work" />}
      {standing && live.data?.length === 0 && (
        <Blank icon="server-process" title="Nothing has run yet">
          <p>
            Reading a repository, imports, models that you fetch and the nightly run show here, with their
            progress.
          </p>
        </Blank>
      )}
      {standing && going.length > 0 && <Going jobs={going} />}
      {standing && going.length === 0 && (live.data?.length ?? 0) > 0 && (
        <p class="jobs-still quiet">Nothing runs now, and nothing waits.</p>
      )}
      <div class="jobs-columns">
        <Dreams running={going.find(({ kind }) => kind === 'dream') ?? null} />
        <Backups />
      </div>
      {standing && standing.ended.length > 0 && <Ended jobs={standing.ended} />}
    </div>
  );
}
