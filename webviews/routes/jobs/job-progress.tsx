import type { Job } from '../../../companion/protocol/index.ts';
import { visibleLine } from '../../../companion/protocol/visible-text.ts';
import { kindWords, subjectWords } from '../../model/overview/job-words.ts';
import { percent } from '../../model/why.ts';
import { Icon } from '../../parts/icon.tsx';

/** What a job is, how far it is, and what it does just now. */
export function JobProgress({ job }: { job: Job }) {
  const { kind, progress, message, status } = job;
  const { word, product, icon } = kindWords(kind);
  const subject = subjectWords(job);
  const name = visibleLine(word);
  return (
    <div class="job-progress">
      <p class="job-name">
        <Icon name={icon} />
        <span>
          <strong>
            <bdi>{name}</bdi>
          </strong>
          {product && <small> · {product}</small>}
          {status === 'running' && <span class="quiet"> {progress === null ? '' : percent(progress)}</span>}
        </span>
      </p>
      {subject !== null && (
        <p class="job-subject quiet">
          <bdi>{visibleLine(subject)}</bdi>
        </p>
      )}
      {status === 'running' && progress !== null && (
        <progress max={1} value={progress} aria-label={`How far: ${name}`} />
      )}
      <p class="quiet">
        <bdi>{visibleLine(message)}</bdi>
        {status === 'running' && progress === null && ' · how far is not known yet'}
      </p>
    </div>
  );
}
