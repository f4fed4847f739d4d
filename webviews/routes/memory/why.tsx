import type { ScoreParts } from '../../../companion/protocol/index.ts';
import { percent, type Reason, reasonsOf } from '../../model/why.ts';

/** So many reasons say enough at a glance, each a part of the whole that can be seen. */
const GLANCE = { most: 3, least: 0.06 };

/** Why a record was found: its weightiest reasons as bars; opened, all of them in sentences. */
export function Why({ parts, tabIndex }: { parts: ScoreParts; tabIndex: number }) {
  const reasons = reasonsOf(parts);
  if (reasons.length === 0) return null;
  return (
    <details class="why">
      <summary tabIndex={tabIndex} title="Why it was found">
        <span class="why-word">Why</span>
        {reasons
          .filter(({ share }) => share >= GLANCE.least)
          .slice(0, GLANCE.most)
          .map((reason) => (
            <span key={reason.id} class="why-part">
              <Bar reason={reason} />
              {reason.word}
              <span class="unseen"> {percent(reason.share)}, </span>
            </span>
          ))}
      </summary>
      <WhyList reasons={reasons} />
    </details>
  );
}

export function WhyList({ reasons }: { reasons: readonly Reason[] }) {
  return (
    <dl class="why-list">
      {reasons.map((reason) => (
        <div key={reason.id}>
          <dt>
            {reason.word}
            <Bar reason={reason} />
          </dt>
          <dd>
            {reason.share < 0 ? `−${percent(reason.share)}` : percent(reason.share)}{' '}
            <span class="quiet">{reason.text}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** How much of the whole a reason is. */
function Bar({ reason: { share } }: { reason: Reason }) {
  const length = Math.max(2, Math.min(100, Math.abs(share) * 100));
  return (
    <svg
      class={share < 0 ? 'bar against' : 'bar'}
      viewBox="0 0 100 3"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <rect class="bar-ground" width="100" height="3" />
      <rect class="bar-share" width={length} height="3" />
    </svg>
  );
}
