import type { WheelReview, WheelRun } from '../../../companion/protocol/index.ts';
import { visibleLine, visibleText } from '../../../companion/protocol/visible-text.ts';
import type { Target } from '../../model/target.ts';
import { Coded } from '../../parts/coded.tsx';
import { EvidenceLink } from '../../parts/evidence-link.tsx';

/** What happened, in four parts: done, where, how it was verified, what to look at. */
export function Report({ run: { report, workspace } }: { run: WheelRun }) {
  if (!report) return null;
  const { done, where, verified, review, containment } = report;
  return (
    <section class="run-part run-report" aria-labelledby="report-title">
      <h2 id="report-title">Report</h2>
      <dl class="consequences">
        <div>
          <dt>Done</dt>
          <dd>
            <Coded text={done} />
          </dd>
        </div>
        <div>
          <dt>Where</dt>
          <dd>
            <bdi>{visibleLine(where)}</bdi>
          </dd>
        </div>
        <div>
          <dt>Verified</dt>
          <dd>
            <Coded text={verified.split('\n', 1)[0] ?? ''} />
            {verified.includes('\n') && (
              <p class="step-note">{visibleText(verified.slice(verified.indexOf('\n') + 1))}</p>
            )}
            {containment !== null && (
              <p class="quiet">
                <bdi>{visibleLine(containment)}</bdi>
              </p>
            )}
          </dd>
        </div>
        <div>
          <dt>Review</dt>
          <dd>
            {review.length === 0 ? (
              'Nothing in particular.'
            ) : (
              <ul class="reviews">
                {review.map((each, i) => (
                  <ReviewItem key={i} review={each} workspace={workspace} />
                ))}
              </ul>
            )}
          </dd>
        </div>
      </dl>
    </section>
  );
}

function ReviewItem({ review: { text, file, line }, workspace }: { review: WheelReview; workspace: string }) {
  const target: Target | null = file === null ? null : { kind: 'file', file, line };
  return (
    <li>
      {target && <EvidenceLink workspace={workspace} target={target} />} <Coded text={text} />
    </li>
  );
}
