import type { Citation } from '../../../companion/protocol/index.ts';
import { type Piece, paragraphsOf } from '../../model/chat-text.ts';
import { CitationLink } from './citation-link.tsx';

/** An answer in paragraphs; the number of a source opens it, once the sources are known. */
export function AnswerText({ text, citations }: { text: string; citations: readonly Citation[] }) {
  return (
    <div class="answer-text">
      {paragraphsOf(text).map((pieces, i) => (
        <p key={i} dir="auto">
          {pieces.map((piece, n) => (
            <PieceOf key={n} piece={piece} citations={citations} />
          ))}
        </p>
      ))}
    </div>
  );
}

function PieceOf({ piece, citations }: { piece: Piece; citations: readonly Citation[] }) {
  if (piece.kind === 'text') return <>{piece.text}</>;
  if (piece.kind === 'code') return <code>{piece.text}</code>;
  const citation = citations.find(({ n }) => n === piece.n);
  if (!citation) return <span class="cite">{piece.n}</span>;
  return (
    <CitationLink citation={citation} class="cite">
      <span aria-hidden="true">{piece.n}</span>
      <span class="unseen">
        Source {piece.n}: {citation.title}
      </span>
    </CitationLink>
  );
}
