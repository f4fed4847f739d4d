import { useState } from 'preact/hooks';
import type { Job } from '../../../companion/protocol/index.ts';
import { useSession } from '../../data/session.ts';
import {
  attemptWords,
  JOB_STATUS,
  kindWords,
  subjectWords,
  tookWords,
} from '../../model/overview/job-words.ts';
import { shown as shownText } from '../../model/overview/shown.ts';
import { Button } from '../../parts/button.tsx';
import { useFirst } from '../../parts/first.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Moment } from '../../parts/moment.tsx';
import { useAct } from '../council/use-council.ts';
import { ConfirmCancel } from './confirm-cancel.tsx';
import { JobProgress } from './job-progress.tsx';

const SHOWN = 12;

/** What runs, and what waits for its turn, the most urgent first. */
export function Going({ jobs }: { jobs: readonly Job[] }) {
  const { client } = useSession();
  const { busy, run } = useAct();
  const [asked, setAsked] = useState<Job | null>(null);
  const cancel = ({ id, kind }: Job) =>
    run(
      () => client.api.jobs.cancel({ id }),
      `Cancelled: ${kindWords(kind).word}. ${kindWords(kind).cancelled}`,
    );
  const ask = (job: Job) => {
    // What has not begun has nothing to lose.
    if (job.status === 'running' && kindWords(job.kind).loses) setAsked(job);
    else cancel(job);
  };
  return (
    <section aria-labelledby="going-title">
      <h2 class="group-head" id="going-title">
        Now
      </h2>
      <ul class="job-rows">
        {jobs.map((job, i) => (
          <li key={job.id} class="job-row">
            <JobProgress job={job} />
            <div class="job-side">
              <span class="tag">
                <Icon name={JOB_STATUS[job.status].icon} /> {JOB_STATUS[job.status].word}
                {job.status === 'queued' && `, ${place(jobs, i)}`}
              </span>
              <Button
                icon="close"
                label={`Cancel: ${kindWords(job.kind).word}${subjectOf(job)}`}
                aria-disabled={busy}
                onClick={() => ask(job)}
              >
                Cancel
              </Button>
            </div>
            <p class="loop-meta">
              asked for <Moment at={job.createdAt} />
              {attemptWords(job) && ` · ${attemptWords(job)}`}
            </p>
          </li>
        ))}
      </ul>
      {asked && (
        <ConfirmCancel
          job={asked}
          onClose={() => setAsked(null)}
          confirm={() => {
            cancel(asked);
            setAsked(null);
          }}
        />
      )}
    </section>
  );
}

function subjectOf(job: Job): string {
  const subject = subjectWords(job);
  return subject === null ? '' : `, ${shownText(subject)}`;
}

function place(jobs: readonly Job[], index: number): string {
  const before = jobs.slice(0, index).filter(({ status }) => status === 'queued').length;
  return before === 0 ? 'next' : `${before} before it`;
}

/** What has ended, the newest first, with what came of it. */
export function Ended({ jobs }: { jobs: readonly Job[] }) {
  const { shown, more } = useFirst(jobs, SHOWN);
  return (
    <section aria-labelledby="ended-title">
      <h2 class="group-head" id="ended-title">
        Ended
      </h2>
      <ul class="job-rows ended">
        {shown.map((job) => (
          <EndedRow key={job.id} job={job} />
        ))}
      </ul>
      {more}
    </section>
  );
}

function EndedRow({ job }: { job: Job }) {
  const { status, kind, message, updatedAt } = job;
  const { word, icon } = JOB_STATUS[status];
  const subject = subjectWords(job);
  const said = message === word ? '' : shownText(message);
  return (
    <li class={`job-ended ${status}`}>
      <Icon name={icon} />
      <div>
        <p>
          <strong>
            <bdi>{shownText(kindWords(kind).word, 80)}</bdi>
          </strong>
          {subject !== null && (
            <span class="quiet">
              {' '}
              <bdi>{shownText(subject)}</bdi>
            </span>
          )}
        </p>
        <p class={status === 'failed' ? 'job-failed' : 'quiet'}>
          {word}
          {status === 'done' && ` ${tookWords(job)}`}
          {said !== '' && (
            <>
              : <bdi>{said}</bdi>
            </>
          )}
        </p>
        <p class="loop-meta">
          <Moment at={updatedAt} />
          {attemptWords(job) && ` · ${attemptWords(job)}`}
        </p>
      </div>
    </li>
  );
}
