import type { ComponentChildren } from 'preact';
import { useSession } from '../data/session.ts';
import { formatLocation, type Location } from '../model/location.ts';

interface Props {
  to: Location;
  class?: string;
  current?: boolean;
  title?: string;
  tabIndex?: number;
  children: ComponentChildren;
}

/** A link within the app: a real address where there is an address bar. */
export function Link({ to, current = false, children, ...native }: Props) {
  const { host } = useSession();
  const follow = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    host.navigation.go(to);
  };
  return (
    <a href={formatLocation(to)} onClick={follow} {...(current && { 'aria-current': 'page' })} {...native}>
      {children}
    </a>
  );
}
