import { Link } from '../../app/link.tsx';
import { to } from '../../model/location.ts';
import { byStanding } from '../../model/overview/job-words.ts';
import { count } from '../../model/words.ts';
import { Moment } from '../../parts/moment.tsx';
import { JobProgress } from '../jobs/job-progress.tsx';
import { Card } from './card.tsx';
import { useJobs } from './use-dashboard.ts';

/** Long work that goes on now. */
export function JobsCard() {
  const live = useJobs();
  return (
    <Card
      title="In the background"
      product="jobs"
      live={live}
      loading="Loading long work"
      action={<Link to={to('jobs')}>All of it</Link>}
    >
      {(jobs) => {
        const { running, waiting, ended } = byStanding(jobs);
        const last = ended[0];
        return (
          <>
            {running.length > 0 && (
              <ul class="dash-jobs">
                {running.map((job) => (
                  <li key={job.id}>
                    <JobProgress job={job} />
                  </li>
                ))}
              </ul>
            )}
            <p class="quiet">
              {running.length === 0 && 'Nothing runs now. '}
              {waiting.length > 0 && `${count(waiting.length, 'job waits', 'jobs wait')} for a turn. `}
              {last && (
                <>
                  The last ended <Moment at={last.updatedAt} />.
                </>
              )}
            </p>
          </>
        );
      }}
    </Card>
  );
}
