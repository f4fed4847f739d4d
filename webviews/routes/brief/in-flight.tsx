import type { Loop } from '../../../companion/protocol/index.ts';
import { Link } from '../../app/link.tsx';
import { to } from '../../model/location.ts';
import { targetLabel, targetOfAnchor, targetOfEvidence } from '../../model/target.ts';
import { EvidenceList } from '../../parts/evidence-link.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Moment } from '../../parts/moment.tsx';

/** What is in flight, numbered, nearest to the current work first; the current one is marked. */
export function InFlight({ loops }: { loops: readonly Loop[] }) {
  return (
    <ol class="in-flight">
      {loops.map((loop) => (
        <InFlightItem key={loop.id} loop={loop} />
      ))}
    </ol>
  );
}

function InFlightItem({ loop }: { loop: Loop }) {
  const current = loop.facts.current === true;
  // A chip that only repeats the title says nothing.
  const targets = [...loop.anchors.map(targetOfAnchor), ...loop.evidence.map(targetOfEvidence)].filter(
    (target) => targetLabel(target) !== loop.title,
  );
  return (
    <li class={current ? 'flight current' : 'flight'} {...(current && { 'aria-current': 'true' })}>
      <div class="flight-mark" aria-hidden="true">
        {current && <Icon name="triangle-right" />}
      </div>
      <div class="flight-text">
        <p class="flight-title">
          <Link to={to('loops', loop.id)} class="title">
            <bdi>{loop.title}</bdi>
          </Link>
          {current && <span class="tag accent">current</span>}
          {loop.priority === 'high' && <span class="tag">high</span>}
          {loop.status === 'stale' && <span class="tag">stale</span>}
          {loop.private && (
            <span class="tag">
              <Icon name="lock" /> private
            </span>
          )}
          <span class="tag">
            <Moment at={loop.touchedAt} />
          </span>
        </p>
        <p class="flight-summary">
          <bdi>{loop.summary}</bdi>
        </p>
      </div>
      <EvidenceList workspace={loop.workspace} targets={targets} />
    </li>
  );
}
