import type { Citation } from '../../../companion/protocol/index.ts';
import { useSession } from '../../data/session.ts';
import { CITATION_WORDS, targetsOfCitation } from '../../model/citation.ts';
import { targetKey } from '../../model/target.ts';
import { EvidenceLink } from '../../parts/evidence-link.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Moment } from '../../parts/moment.tsx';
import { CitationLink } from './citation-link.tsx';

/** What an answer rests on: each with its number, what of it speaks to the question, and what a click opens. */
export function Sources({ citations }: { citations: readonly Citation[] }) {
  if (citations.length === 0) return null;
  return (
    <ol class="sources" aria-label="Sources">
      {citations.map((citation) => (
        <Source key={citation.n} citation={citation} />
      ))}
    </ol>
  );
}

function Source({ citation }: { citation: Citation }) {
  const { workspace } = useSession();
  const { n, kind, title, excerpt, at } = citation;
  const { word, icon } = CITATION_WORDS[kind];
  return (
    <li class="source" value={n}>
      <span class="cite" aria-hidden="true">
        {n}
      </span>
      <div>
        <p class="source-title">
          <Icon name={icon} />{' '}
          <CitationLink citation={citation} class="text">
            <bdi>{title}</bdi>
          </CitationLink>
        </p>
        {excerpt !== '' && !title.includes(excerpt) && (
          <p class="source-excerpt">
            <bdi>{excerpt}</bdi>
          </p>
        )}
        <p class="loop-meta memory-meta">
          <span>
            {word}
            {at !== null && (
              <>
                {' · '}
                <Moment at={at} />
              </>
            )}
          </span>
          {targetsOfCitation(citation).map((target) => (
            <EvidenceLink
              key={targetKey(target)}
              workspace={citation.workspace ?? workspace ?? ''}
              target={target}
            />
          ))}
        </p>
      </div>
    </li>
  );
}
