import type { Mask } from '../../../companion/protocol/index.ts';
import { Link } from '../../app/link.tsx';
import { weightWords } from '../../model/council-words.ts';
import { to } from '../../model/location.ts';
import { likelyRate } from '../../model/overview/certainty.ts';
import { shown as shownText } from '../../model/overview/shown.ts';
import { percent } from '../../model/why.ts';
import { count } from '../../model/words.ts';
import { MaskFace } from '../../parts/mask-face.tsx';
import { Card, CardBlank } from './card.tsx';
import { useAdvisers } from './use-dashboard.ts';

/** How often each adviser was right, how sure that is, and what its vote counts. */
export function CouncilCard() {
  const live = useAdvisers();
  return (
    <Card
      title="Who was right"
      product="council"
      live={live}
      loading="Loading the advisers"
      action={<Link to={to('council')}>Ask them</Link>}
    >
      {(masks) => {
        const active = masks.filter(({ status }) => status === 'active');
        return active.length === 0 ? (
          <CardBlank>
            No adviser votes now. <Link to={to('masks')}>Advisers</Link> shows those there are.
          </CardBlank>
        ) : (
          <>
            <ul class="records">
              {[...active]
                .sort((a, b) => b.record.rate - a.record.rate)
                .map((mask) => (
                  <Row key={mask.id} mask={mask} />
                ))}
            </ul>
            <p class="quiet">
              The dot is how often its votes came true, the line where that lies with nine chances in ten.
            </p>
          </>
        );
      }}
    </Card>
  );
}

function Row({ mask: { id, name, archetype, tone, record } }: { mask: Mask }) {
  const known = record.hits + record.misses;
  const { low, high } = likelyRate(record);
  const words =
    known === 0
      ? `none of ${count(record.waiting, 'vote')} has come true or failed yet`
      : `right ${record.hits} of ${known}`;
  return (
    <li class="record">
      <MaskFace id={id} archetype={archetype} tone={tone} size={20} />
      <Link to={to('masks', id)} class="title">
        <bdi>{shownText(name, 80)}</bdi>
      </Link>
      <svg class="likely" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
        <line class="likely-ground" x1="0" x2="100" y1="6" y2="6" />
        <line class="likely-half" x1="50" x2="50" y1="1" y2="11" />
        <line class="likely-range" x1={low * 100} x2={high * 100} y1="6" y2="6" />
        {known > 0 && (
          <line class="likely-rate" x1={record.rate * 100} x2={record.rate * 100} y1="6" y2="6" />
        )}
      </svg>
      <span class="record-rate">{known === 0 ? '' : percent(record.rate)}</span>
      <span class="quiet record-words">
        {words}, {weightWords(record.weight)}
        <span class="unseen">
          , between {percent(low)} and {percent(high)} with nine chances in ten
        </span>
      </span>
    </li>
  );
}
