import type { Job } from '../../../companion/protocol/index.ts';
import { kindWords, subjectWords } from '../../model/overview/job-words.ts';
import { shown as shownText } from '../../model/overview/shown.ts';
import { percent } from '../../model/why.ts';
import { Icon } from '../../parts/icon.tsx';

/** What a job is, how far it is, and what it does just now. */
export function JobProgress({ job }: { job: Job }) {
  const { kind, progress, message, status } = job;
  const { word, product, icon } = kindWords(kind);
  const subject = subjectWords(job);
  const name = shownText(word, 80);
  return (
    <div class="job-progress">
      <p class="job-name">
        <Icon name={icon} />
        <span>
          <strong>
            <bdi>{name}</bdi>
          </strong>
          {product && <small> · {product}</small>}
          {status === 'running' && progress !== null && <span class="quiet"> · {percent(progress)}</span>}
        </span>
      </p>
      {subject !== null && (
        <p class="job-subject quiet">
          <bdi>{shownText(subject)}</bdi>
        </p>
      )}
      {status === 'running' && progress !== null && (
        <progress max={1} value={progress} aria-label={`How far: ${name}`} />
      )}
      {status === 'running' && (
        <p class="quiet">
          <bdi>{shownText(message)}</bdi>
          {progress === null && ' · how far is not known yet'}
        </p>
      )}
    </div>
  );
}
