import type { Mask } from '../../../companion/protocol/index.ts';
import { useSession } from '../../data/session.ts';
import { ARCHETYPE_WORDS, recordWords, weightWords } from '../../model/council-words.ts';
import { type Location, to } from '../../model/location.ts';
import { Select } from '../../parts/fields-native.tsx';
import { MaskFace } from '../../parts/mask-face.tsx';
import { DetailsPanel } from '../details-panel.tsx';
import { MaskActions } from './mask-actions.tsx';
import { MaskOrigin } from './mask-origin.tsx';
import { MaskTimes } from './mask-times.tsx';
import { MaskVotes } from './mask-votes.tsx';
import { Priorities } from './priorities.tsx';
import { RecordChart } from './record-chart.tsx';
import { RecordTable } from './record-table.tsx';
import { ToneLabel } from './tone-label.tsx';
import { useAdviser } from './use-gallery.ts';

interface Props {
  id: string;
  back: Location;
  masks: readonly Mask[];
  changed(): void;
  fork(): void;
}

const LAST = 36;

/** One mask, whole: its face, what it cares about, where it comes from, what it voted and how that came out. */
export function MaskDetails({ id, back, masks, changed, fork }: Props) {
  const { host } = useSession();
  const live = useAdviser(id);
  const details = live.data;
  const mask = details?.mask ?? null;
  const others = masks.filter((each) => each.id !== id);
  return (
    <DetailsPanel
      label="Adviser"
      back={back}
      backWords="All advisers"
      live={live}
      heading={mask && <bdi>{mask.name}</bdi>}
    >
      {details && mask && (
        <>
          <div class="mask-portrait">
            <MaskFace
              id={id}
              archetype={mask.archetype}
              tone={mask.tone}
              size={220}
              label={`The face of ${mask.name}`}
            />
          </div>
          <div class="mask-line">
            <p class="sub">
              {ARCHETYPE_WORDS[mask.archetype].word} · <ToneLabel tone={mask.tone} />
              {mask.status === 'retired' && ' · retired'}
            </p>
            <MaskActions mask={mask} changed={changed} fork={fork} />
          </div>
          <p>
            <bdi>{mask.card}</bdi>
          </p>
          {mask.voice !== '' && (
            <p class="voice">
              <bdi>{mask.voice}</bdi>
            </p>
          )}
          {others.length > 0 && (
            <Select
              label="Compare with"
              value=""
              options={
                new Map([['', 'Choose another'], ...others.map((each) => [each.id, each.name] as const)])
              }
              onChange={(other) => other !== '' && host.navigation.go(to('masks', id, { with: other }))}
            />
          )}
          <section class="details-part">
            <h3>What it cares about</h3>
            <Priorities priorities={mask.priorities} />
          </section>
          <section class="details-part">
            <h3>How its votes came out</h3>
            <p>{[recordWords(mask.record), weightWords(mask.record.weight)].join(' · ')}</p>
            <RecordChart history={details.history} last={LAST} rate />
            <RecordTable history={details.history} />
          </section>
          <MaskVotes votes={details.votes} />
          <MaskOrigin birth={mask.birth} origin={details.origin} />
          {details.trace && <MaskTimes trace={details.trace} />}
        </>
      )}
    </DetailsPanel>
  );
}
