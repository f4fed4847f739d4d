import type { ComponentChildren } from 'preact';
import { useSession } from '../data/session.ts';
import { type Target, targetKey, targetLabel, targetTitle, uniqueTargets } from '../model/target.ts';
import { useFirst } from './first.tsx';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-table.ts';

const ICON: Record<Target['kind'], IconName> = {
  file: 'file',
  commit: 'git-commit',
  branch: 'git-branch',
  link: 'link',
};

interface Props {
  workspace: string;
  target: Target;
  class?: string;
  tabIndex?: number;
  children: ComponentChildren;
}

/** Whatever is inside opens the target: as a real address where the host has one, else as a request to it. */
export function OpenTarget({ workspace, target, class: name = '', tabIndex, children }: Props) {
  const { host, notify } = useSession();
  const href = host.hrefOf(workspace, target);
  const shared = {
    class: `opens ${name}`,
    title: targetTitle(target),
    ...(tabIndex !== undefined && { tabIndex }),
  };
  if (href) {
    const web = target.kind === 'link' ? { target: '_blank', rel: 'noreferrer' } : {};
    return (
      <a href={href} {...shared} {...web}>
        {children}
      </a>
    );
  }
  const open = async () => {
    const said = await host.openEvidence(workspace, target);
    if (said) notify({ tone: 'done', text: said });
  };
  return (
    <button type="button" onClick={() => void open()} {...shared}>
      {children}
    </button>
  );
}

/** One piece of evidence, as short as it can be said. */
export function EvidenceLink({ target, ...rest }: Omit<Props, 'class' | 'children'>) {
  return (
    <OpenTarget target={target} class="evidence" {...rest}>
      <Icon name={ICON[target.kind]} />
      <bdi>{targetLabel(target)}</bdi>
    </OpenTarget>
  );
}

/** Evidence in a row that wraps; each once, the first few until asked for all. */
export function EvidenceList({ workspace, targets, most = 4 }: ListProps) {
  const all = uniqueTargets(targets);
  const { shown, more } = useFirst(all, most);
  if (all.length === 0) return null;
  return (
    <ul class="evidence-list" aria-label="Evidence">
      {shown.map((target) => (
        <li key={targetKey(target)}>
          <EvidenceLink workspace={workspace} target={target} />
        </li>
      ))}
      {more && <li>{more}</li>}
    </ul>
  );
}

interface ListProps {
  workspace: string;
  targets: readonly Target[];
  most?: number;
}
