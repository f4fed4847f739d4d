import { useState } from 'preact/hooks';
import type { RouteProps } from '../../app/routes.ts';
import { useSession } from '../../data/session.ts';
import { useNow } from '../../data/use-now.ts';
import {
  DEFAULT_MASK_FILTER,
  filteredMasks,
  type MaskFilter,
  maskFilter,
  maskQuery,
} from '../../model/gallery.ts';
import { to } from '../../model/location.ts';
import { count } from '../../model/words.ts';
import { Button } from '../../parts/button.tsx';
import { Blank, Skeleton } from '../../parts/states.tsx';
import { ProblemBlank, ProblemStrip } from '../problem-view.tsx';
import { CompareMasks } from './compare-masks.tsx';
import { ForkDialog } from './fork-dialog.tsx';
import { GalleryToolbar } from './gallery-toolbar.tsx';
import { MaskCard } from './mask-card.tsx';
import { MaskDetails } from './mask-details.tsx';
import { OfferCard } from './offer-card.tsx';
import { type Gallery, useGallery } from './use-gallery.ts';

/** The masks: who advises, how each came out, and the one that is looked at. */
export function MasksRoute({ location }: RouteProps) {
  const { host } = useSession();
  const live = useGallery();
  const [forking, setForking] = useState<string | null>(null);
  const filter = maskFilter(location.query);
  const chosen = location.id;
  const other = location.query.with ?? null;
  const all = live.data;
  const setFilter = (next: MaskFilter) =>
    host.navigation.go(to('masks', chosen, maskQuery(next)), { replace: true });
  const parent = all?.masks.find(({ id }) => id === forking);
  return (
    <div class={chosen === null ? 'split' : 'split with-details'}>
      <header class="page-head">
        <div>
          <h1>
            Advisers <small>· masks</small>
          </h1>
          <p class="sub">{all ? headWords(all) : 'Each with its own priorities and its record'}</p>
        </div>
      </header>
      <div class="split-main">
        {live.problem && all && <ProblemStrip problem={live.problem} at={live.at} />}
        {live.problem && !all && <ProblemBlank problem={live.problem} retry={live.refresh} />}
        {!live.problem && !all && <Skeleton rows={6} label="Loading the advisers" />}
        {all && (
          <>
            <GalleryToolbar filter={filter} setFilter={setFilter} proposals={all.proposals} />
            {all.offers.length > 0 && (
              <section aria-label="Offered" class="cards">
                {all.offers.map((offer) => (
                  <OfferCard key={offer.id} offer={offer} changed={live.refresh} />
                ))}
              </section>
            )}
            <Cards all={all} filter={filter} chosen={chosen} refresh={live.refresh} fork={setForking} />
          </>
        )}
      </div>
      {chosen !== null && other === null && (
        <MaskDetails
          key={chosen}
          id={chosen}
          back={to('masks', null, maskQuery(filter))}
          masks={all?.masks ?? []}
          changed={live.refresh}
          fork={() => setForking(chosen)}
        />
      )}
      {chosen !== null && other !== null && (
        <CompareMasks key={`${chosen} ${other}`} ids={[chosen, other]} masks={all?.masks ?? []} />
      )}
      {parent && <ForkDialog mask={parent} onClose={() => setForking(null)} made={live.refresh} />}
    </div>
  );
}

interface CardsProps {
  all: Gallery;
  filter: MaskFilter;
  chosen: string | null;
  refresh(): void;
  fork(id: string): void;
}

function Cards({ all, filter, chosen, refresh, fork }: CardsProps) {
  const { host } = useSession();
  const now = useNow();
  const shown = filteredMasks(all.masks, filter, all.proposals, now);
  const query = maskQuery(filter);
  if (shown.length === 0)
    return (
      <Blank icon="smiley" title="No adviser is like that">
        <p>
          {count(all.masks.length, 'adviser')} {all.masks.length === 1 ? 'is' : 'are'} there; the filter lets
          none through.
        </p>
        <Button onClick={() => host.navigation.go(to('masks', chosen, maskQuery(DEFAULT_MASK_FILTER)))}>
          Show all
        </Button>
      </Blank>
    );
  return (
    <section aria-label="Advisers">
      <ul class="cards">
        {shown.map((mask) => (
          <MaskCard
            key={mask.id}
            mask={mask}
            place={to('masks', mask.id, query)}
            chosen={mask.id === chosen}
            changed={refresh}
            fork={() => fork(mask.id)}
          />
        ))}
      </ul>
    </section>
  );
}

function headWords({ masks, offers }: Gallery): string {
  const active = masks.filter(({ status }) => status === 'active').length;
  const offered = offers.length > 0 ? `, ${offers.length} offered` : '';
  return `${count(active, 'adviser votes', 'advisers vote')}${offered}`;
}
