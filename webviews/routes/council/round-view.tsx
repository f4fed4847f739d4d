import type { Ballot, Mask, Proposal, Round } from '../../../companion/protocol/index.ts';
import { Link } from '../../app/link.tsx';
import { useSession } from '../../data/session.ts';
import {
  ARCHETYPE_WORDS,
  byWords,
  outcomeWords,
  recordWords,
  weightWords,
} from '../../model/council-words.ts';
import { to } from '../../model/location.ts';
import { targetOfEvidence } from '../../model/target.ts';
import { percent } from '../../model/why.ts';
import { EvidenceList } from '../../parts/evidence-link.tsx';
import { Icon } from '../../parts/icon.tsx';
import { MaskFace } from '../../parts/mask-face.tsx';
import { ShareBar } from '../../parts/share-bar.tsx';

interface Props {
  round: Round;
  proposal: Proposal;
  /** There were two: each says which it is. */
  several: boolean;
  masks: readonly Mask[];
}

/** One round: the shares of the choices, then who said what and why. */
export function RoundView({ round, proposal, several, masks }: Props) {
  const title = !several
    ? 'The vote'
    : round.number === 1
      ? 'First round'
      : 'Second round: each has seen the others’ reasons';
  return (
    <section class="details-part">
      <h3>{title}</h3>
      {several && <p class="quiet">{outcomeWords(round)}</p>}
      {round.shares.length > 0 && (
        <dl class="shares">
          {round.shares.map(({ choice, share }) => (
            <div key={choice}>
              <dt>
                <bdi>{choice}</bdi>
              </dt>
              <dd>
                <ShareBar share={share} /> {percent(share)} of the vote
              </dd>
            </div>
          ))}
        </dl>
      )}
      <ul class="ballots" aria-label="Votes">
        {round.ballots.map((ballot) => (
          <BallotRow
            key={ballot.voter}
            ballot={ballot}
            workspace={proposal.workspace}
            mask={masks.find(({ id }) => id === ballot.voter) ?? null}
          />
        ))}
      </ul>
    </section>
  );
}

interface BallotProps {
  ballot: Ballot;
  workspace: string | null;
  /** Null for a person, and for a mask that is not known here. */
  mask: Mask | null;
}

/** One voter's word: who, what, how much it counts, why, and on what it rests. */
function BallotRow({ ballot, workspace, mask }: BallotProps) {
  const session = useSession();
  const { voter, name, archetype, choice, weight, reason, evidence } = ballot;
  return (
    <li class="ballot">
      <span class="loop-icon" {...(archetype && { title: ARCHETYPE_WORDS[archetype].word })}>
        {archetype ? (
          <MaskFace id={voter} archetype={archetype} tone={mask?.tone ?? 'calm'} size={28} />
        ) : (
          <Icon name="account" />
        )}
      </span>
      <div class="ballot-text">
        <p>
          <strong>
            {mask ? (
              <Link to={to('masks', voter)} class="text">
                <bdi>{name}</bdi>
              </Link>
            ) : (
              <bdi>{name}</bdi>
            )}
          </strong>{' '}
          {choice === null ? (
            <span class="quiet">abstains</span>
          ) : (
            <>
              votes <strong>{choice}</strong>
            </>
          )}
        </p>
        <p class="ballot-reason">
          <bdi>{reason}</bdi>
        </p>
        <EvidenceList
          workspace={workspace ?? session.workspace ?? ''}
          targets={evidence.map(targetOfEvidence)}
        />
        <p class="loop-meta">
          {[byWords(ballot), weightWords(weight), ...(mask ? [recordWords(mask.record)] : [])].join(' · ')}
        </p>
      </div>
    </li>
  );
}
