import type { Proposal } from '../../../companion/protocol/index.ts';
import { Link } from '../../app/link.tsx';
import { useSession } from '../../data/session.ts';
import { lastRound, outcomeWords } from '../../model/council-words.ts';
import { to } from '../../model/location.ts';
import { targetOfEvidence } from '../../model/target.ts';
import { EvidenceLink } from '../../parts/evidence-link.tsx';
import { Moment } from '../../parts/moment.tsx';
import { DetailsPanel } from '../details-panel.tsx';
import { Decision } from './decision.tsx';
import { RoundView } from './round-view.tsx';
import { useMasks, useProposal } from './use-council.ts';

/** One question: what was measured, who said what, how it ended, and the user's word. */
export function ProposalDetails({ id }: { id: string }) {
  const live = useProposal(id);
  const masks = useMasks();
  const proposal = live.data;
  const last = proposal && lastRound(proposal);
  return (
    <DetailsPanel
      label="Question"
      back={to('council')}
      backWords="All questions"
      live={live}
      heading={proposal && <bdi>{proposal.question}</bdi>}
    >
      {proposal && (
        <>
          <p class="sub">
            {last && <strong>{outcomeWords(last)}</strong>} <Moment at={proposal.at} />
          </p>
          <Decision proposal={proposal} saved={(saved) => live.set(() => saved)} />
          <Subject proposal={proposal} />
          {[...proposal.rounds].reverse().map((round) => (
            <RoundView
              key={round.number}
              round={round}
              proposal={proposal}
              several={proposal.rounds.length > 1}
              masks={masks.data?.masks ?? []}
            />
          ))}
          <Ground proposal={proposal} />
        </>
      )}
    </DetailsPanel>
  );
}

/** What the question is about, and how it came out. */
function Subject({ proposal: { subject, observed } }: { proposal: Proposal }) {
  return (
    <>
      {subject?.startsWith('loop_') && (
        <p>
          <Link to={to('loops', subject)}>The thread that it is about</Link>
        </p>
      )}
      {observed && (
        <section class="details-part">
          <h3>How it came out</h3>
          <p>
            <bdi>{observed.words}</bdi> <Moment at={observed.at} />
          </p>
          {observed.right.length > 0 && <p class="quiet">Right: {observed.right.join(', ')}</p>}
        </section>
      )}
    </>
  );
}

/** What every voter saw: measured facts and what was said and remembered. */
function Ground({ proposal: { measured, evidence, workspace } }: { proposal: Proposal }) {
  const session = useSession();
  const folder = workspace ?? session.workspace ?? '';
  if (measured.length === 0 && evidence.length === 0) return null;
  return (
    <section class="details-part">
      <h3>What every adviser saw</h3>
      {measured.length > 0 && (
        <dl class="facts">
          {measured.map(({ name, words }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
      )}
      <ul class="ground">
        {evidence.map(({ text, evidence: place, memory }, i) => (
          <li key={i}>
            {memory === null ? (
              <bdi>{text}</bdi>
            ) : (
              <Link to={to('memory', memory)} class="text">
                <bdi>{text}</bdi>
              </Link>
            )}{' '}
            {place && <EvidenceLink workspace={folder} target={targetOfEvidence(place)} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
