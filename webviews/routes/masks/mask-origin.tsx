import type { AdviserDetails } from '../../../companion/protocol/index.ts';
import { Link } from '../../app/link.tsx';
import { to } from '../../model/location.ts';
import { Moment } from '../../parts/moment.tsx';

interface Props {
  birth: AdviserDetails['mask']['birth'];
  origin: AdviserDetails['origin'];
}

/** Where a mask comes from. The words of a private note are not shown. */
export function MaskOrigin({ birth, origin: { text, private: hidden, parent } }: Props) {
  return (
    <section class="details-part">
      <h3>Where it comes from</h3>
      {hidden ? (
        <p>It was made of a private note, which is not shown here.</p>
      ) : text !== null ? (
        <>
          <p>It was made of your note:</p>
          <p class="context">
            <bdi>{text}</bdi>
          </p>
        </>
      ) : parent ? (
        <p>
          It was made after{' '}
          <Link to={to('masks', parent.id)}>
            <bdi>{parent.name}</bdi>
          </Link>
          .
        </p>
      ) : birth.from === 'always' ? (
        <p>It always votes: one of the three who were there from the start.</p>
      ) : (
        <p>What it was made of was forgotten.</p>
      )}
      <p class="quiet">
        There since <Moment at={birth.at} />
      </p>
    </section>
  );
}
