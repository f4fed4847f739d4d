import { maskDriftWords } from '../../../companion/protocol/drift-words.ts';
import { Link } from '../../app/link.tsx';
import { ARCHETYPE_WORDS, caresWords, recordWords, weightWords } from '../../model/council-words.ts';
import type { Location } from '../../model/location.ts';
import { MaskFace } from '../../parts/mask-face.tsx';
import { MaskActions } from './mask-actions.tsx';
import { RecordChart } from './record-chart.tsx';
import { ToneLabel } from './tone-label.tsx';
import type { GalleryMask } from './use-gallery.ts';

interface Props {
  mask: GalleryMask;
  place: Location;
  chosen: boolean;
  changed(): void;
  fork(): void;
}

const LAST = 24;

/** A mask at a glance: its face, what it stands for, how its votes came out. */
export function MaskCard({ mask, place, chosen, changed, fork }: Props) {
  const { id, name, archetype, card, tone, status, record, priorities, drift, history } = mask;
  const moved = drift && maskDriftWords(drift);
  const retired = status === 'retired';
  return (
    <li class={`card mask-card ${retired ? 'past' : ''} ${chosen ? 'chosen' : ''}`}>
      <div class="mask-head">
        <MaskFace id={id} archetype={archetype} tone={tone} size={72} />
        <div class="mask-name">
          <h2>
            <Link to={place} class="title" current={chosen}>
              <bdi>{name}</bdi>
            </Link>
          </h2>
          <p class="quiet">{ARCHETYPE_WORDS[archetype].word}</p>
          <p class="quiet">
            <ToneLabel tone={tone} />
            {retired && ' · retired'}
          </p>
        </div>
        <MaskActions mask={mask} changed={changed} fork={fork} />
      </div>
      <p class="mask-stands">
        <bdi>{card}</bdi>
      </p>
      <div class="mask-record">
        <RecordChart history={history} last={LAST} />
        <p class="loop-meta">{[recordWords(record), weightWords(record.weight)].join(' · ')}</p>
      </div>
      <p class="loop-meta">{caresWords(priorities)}</p>
      {moved && <p class="moved">{moved}</p>}
    </li>
  );
}
