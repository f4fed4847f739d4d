import type { StoryLine } from '../../companion/protocol/index.ts';
import { Link } from '../app/link.tsx';
import { useSession } from '../data/session.ts';
import { leadsTo } from '../model/story/about.ts';
import { Coded } from './coded.tsx';
import { OpenTarget } from './evidence-link.tsx';

interface Props {
  line: StoryLine;
  class: string;
  tabIndex?: number;
}

/** The sentence of a line, which opens what it tells of, where there is something to open. */
export function StoryLink({ line, class: name, tabIndex }: Props) {
  const { workspace } = useSession();
  const leads = leadsTo(line);
  const at = tabIndex === undefined ? {} : { tabIndex };
  const folder = line.workspace ?? workspace;
  if (leads && 'page' in leads)
    return (
      <Link to={leads.page} class={name} {...at}>
        <Coded text={line.text} />
      </Link>
    );
  if (leads && folder !== null)
    return (
      <OpenTarget workspace={folder} target={leads.target} class={name} {...at}>
        <Coded text={line.text} />
      </OpenTarget>
    );
  return <Coded text={line.text} />;
}
