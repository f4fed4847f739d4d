import type { ComponentChildren } from 'preact';
import type { Citation } from '../../../companion/protocol/index.ts';
import { Link } from '../../app/link.tsx';
import { useSession } from '../../data/session.ts';
import { leadsTo } from '../../model/citation.ts';
import { OpenTarget } from '../../parts/evidence-link.tsx';

interface Props {
  citation: Citation;
  class: string;
  children: ComponentChildren;
}

/** Whatever is inside opens the source: its own page, or its line, commit or branch. */
export function CitationLink({ citation, class: name, children }: Props) {
  const { workspace } = useSession();
  const leads = leadsTo(citation);
  if ('page' in leads) {
    return (
      <Link to={leads.page} class={name} title={citation.title}>
        {children}
      </Link>
    );
  }
  return (
    <OpenTarget workspace={citation.workspace ?? workspace ?? ''} target={leads.target} class={name}>
      {children}
    </OpenTarget>
  );
}
