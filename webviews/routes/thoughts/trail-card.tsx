import type { ThoughtTrail } from '../../../companion/protocol/index.ts';
import { Link } from '../../app/link.tsx';
import { leavesMachine, WITHOUT_MODEL, writerWords } from '../../model/answered-by.ts';
import { CITATION_WORDS } from '../../model/citation.ts';
import { to } from '../../model/location.ts';
import { useFirst } from '../../parts/first.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Moment } from '../../parts/moment.tsx';
import { CitationLink } from '../chat/citation-link.tsx';
import { ThoughtStep } from './thought-step.tsx';

type Turn = NonNullable<ThoughtTrail['turn']>;

/** One question, the steps on the way to its answer, and what the answer cites. */
export function TrailCard({ trail: { turn, thoughts } }: { trail: ThoughtTrail }) {
  const at = turn?.at ?? thoughts[0]?.at;
  return (
    <li class="trail">
      <h2>
        {turn ? (
          <Link to={to('chat', turn.conversation)} class="text">
            <bdi>{turn.question}</bdi>
          </Link>
        ) : (
          'Nobody asked'
        )}
      </h2>
      <p class="loop-meta">
        {turn && <Ending turn={turn} />} {at !== undefined && <Moment at={at} />}
      </p>
      <ol class="thought-steps" aria-label="Steps">
        {thoughts.map((thought) => (
          <ThoughtStep key={thought.id} thought={thought} answeredBy={turn?.answeredBy ?? null} />
        ))}
      </ol>
      {turn && turn.citations.length > 0 && <Cited turn={turn} />}
    </li>
  );
}

function Ending({ turn: { outcome, answeredBy } }: { turn: Turn }) {
  if (outcome === 'writing') return <>It is still being written ·</>;
  const stopped = { answered: '', cancelled: 'Stopped. ', expired: 'Waited too long for a model. ' }[outcome];
  return (
    <>
      {leavesMachine(answeredBy) && <Icon name="link-external" />} {stopped}
      {answeredBy === null ? WITHOUT_MODEL : `Written by ${writerWords(answeredBy)}`} ·
    </>
  );
}

function Cited({ turn }: { turn: Turn }) {
  const { shown, more } = useFirst(turn.citations, 4);
  return (
    <div class="cited">
      <span class="quiet">Cites</span>
      <ul aria-label="What the answer cites">
        {shown.map((citation) => (
          <li key={citation.n}>
            <CitationLink citation={citation} class="text">
              <Icon name={CITATION_WORDS[citation.kind].icon} /> <bdi>{citation.title}</bdi>
            </CitationLink>
          </li>
        ))}
        {more && <li>{more}</li>}
      </ul>
    </div>
  );
}
