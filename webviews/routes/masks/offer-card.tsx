import type { MaskOffer } from '../../../companion/protocol/index.ts';
import { useSession } from '../../data/session.ts';
import { ARCHETYPE_WORDS } from '../../model/council-words.ts';
import { percent } from '../../model/why.ts';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { useAct } from '../council/use-council.ts';

/** A note that no mask fits, and the mask that could be made of it. */
export function OfferCard({ offer, changed }: { offer: MaskOffer; changed(): void }) {
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
        <Icon name="smiley" />
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
