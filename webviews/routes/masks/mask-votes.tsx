import type { AdviserVote } from '../../../companion/protocol/index.ts';
import { Link } from '../../app/link.tsx';
import { byWords, weightWords } from '../../model/council-words.ts';
import { to } from '../../model/location.ts';
import { Icon } from '../../parts/icon.tsx';
import { Moment } from '../../parts/moment.tsx';

/** Its last votes with their reasons; each leads to its question. */
export function MaskVotes({ votes }: { votes: readonly AdviserVote[] }) {
  return (
    <section class="details-part">
      <h3>Its last votes</h3>
      {votes.length === 0 && <p class="quiet">It has not voted yet. It does with the next question.</p>}
      <ul class="notes">
        {votes.map((vote) => (
          <li key={vote.proposal} class="mask-vote">
            <p>
              <Link to={to('council', vote.proposal)} class="text">
                <bdi>{vote.question}</bdi>
              </Link>
            </p>
            <p>
              {vote.choice === null ? (
                <span class="quiet">abstained</span>
              ) : (
                <strong>
                  <bdi>{vote.choice}</bdi>
                </strong>
              )}{' '}
              {vote.hit !== null && (
                <span class="tag">
                  <Icon name={vote.hit ? 'check' : 'close'} /> {vote.hit ? 'right' : 'wrong'}
                </span>
              )}
            </p>
            <p class="ballot-reason">
              <bdi>{vote.reason}</bdi>
            </p>
            <p class="loop-meta">
              {[byWords(vote), weightWords(vote.weight)].join(' · ')} · <Moment at={vote.at} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
