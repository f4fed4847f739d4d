import { maskDriftWords } from '../../../companion/protocol/drift-words.ts';
import type { Drift, Mask, MaskOffer } from '../../../companion/protocol/index.ts';
import { useSession } from '../../data/session.ts';
import {
  ARCHETYPE_WORDS,
  caresWords,
  recordWords,
  TONE_WORDS,
  weightWords,
} from '../../model/council-words.ts';
import { percent } from '../../model/why.ts';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Menu } from '../../parts/menu.tsx';
import { Skeleton } from '../../parts/states.tsx';
import { ProblemBlank, ProblemStrip } from '../problem-view.tsx';
import { useAct, useMasks } from './use-council.ts';

/** The masks with their cards and records, and those that could be made of a note. */
export function Masks() {
  const live = useMasks();
  return (
    <>
      {live.problem && live.data && <ProblemStrip problem={live.problem} at={live.at} />}
      {live.problem && !live.data && <ProblemBlank problem={live.problem} retry={live.refresh} />}
      {!live.problem && !live.data && <Skeleton rows={4} label="Loading the advisers" />}
      {live.data && live.data.offers.length > 0 && (
        <section aria-label="Offered" class="cards">
          {live.data.offers.map((offer) => (
            <OfferCard key={offer.id} offer={offer} changed={live.refresh} />
          ))}
        </section>
      )}
      {live.data && (
        <section aria-label="Advisers">
          <ul class="cards">
            {live.data.masks.map((mask) => (
              <MaskCard key={mask.id} mask={mask} changed={live.refresh} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function MaskCard({ mask, changed }: { mask: Mask & { drift: Drift | null }; changed(): void }) {
  const { client } = useSession();
  const { run } = useAct();
  const { id, name, archetype, voice, card, tone, birth, status, record, priorities, drift } = mask;
  const moved = drift && maskDriftWords(drift);
  const { word, icon } = ARCHETYPE_WORDS[archetype];
  const retired = status === 'retired';
  const retire = () =>
    run(async () => {
      await client.api.advisers.retire({ id });
      changed();
    }, `${name} votes no more. Its record and its votes stay.`);
  return (
    <li class={`card ${retired ? 'past' : ''}`}>
      <div class="card-head">
        <Icon name={icon} />
        <h2>
          <bdi>{name}</bdi> <small>· {word}</small>
        </h2>
        {birth.from !== 'always' && !retired && (
          <Menu
            icon="ellipsis"
            label={`More for ${name}`}
            items={[{ id: 'retire', label: 'Retire: votes no more', icon: 'archive', run: retire }]}
          />
        )}
      </div>
      <p>
        <bdi>{card}</bdi>
      </p>
      {voice !== '' && (
        <p class="voice">
          <bdi>{voice}</bdi>
        </p>
      )}
      <p class="loop-meta">
        {[recordWords(record), weightWords(record.weight)].join(' · ')}
        <br />
        {[TONE_WORDS[tone], caresWords(priorities), ...(retired ? ['retired'] : [])].join(' · ')}
      </p>
      {moved && <p class="moved">{moved}</p>}
    </li>
  );
}

function OfferCard({ offer, changed }: { offer: MaskOffer; changed(): void }) {
  const { client } = useSession();
  const { busy, run } = useAct();
  const { id, text, nearest, suggested } = offer;
  const answer = (work: () => Promise<unknown>, done: string) =>
    run(async () => {
      await work();
      changed();
    }, done);
  return (
    <article class="card offer" aria-label={`Offered: ${suggested.name}`}>
      <div class="card-head">
        <Icon name={ARCHETYPE_WORDS[suggested.archetype].icon} />
        <h2>
          New adviser? <bdi>{suggested.name}</bdi>{' '}
          <small>· {ARCHETYPE_WORDS[suggested.archetype].word}</small>
        </h2>
      </div>
      <p>
        Your note “<bdi>{text}</bdi>” fits none of your advisers: the nearest is {nearest.name}, and only{' '}
        {percent(nearest.similarity)} alike.
      </p>
      <p class="quiet">
        <bdi>{suggested.card}</bdi>
      </p>
      <div class="control-row">
        <Button
          icon="check"
          aria-disabled={busy}
          onClick={() =>
            answer(() => client.api.advisers.spawn({ offer: id }), `${suggested.name} votes from now on.`)
          }
        >
          Make it an adviser
        </Button>
        <Button
          icon="close"
          aria-disabled={busy}
          onClick={() =>
            answer(() => client.api.advisers.decline({ id }), 'Not made. This note is not asked about again.')
          }
        >
          No
        </Button>
      </div>
    </article>
  );
}
