import type { Link } from './link/link.ts';

export type ViewState = 'noFolder' | 'virtual' | 'starting' | 'down' | 'incompatible' | 'connected';

/** The value of `progeny.state`, which decides what empty views say and what commands are enabled. */
export function viewState(link: Link, folders: number): ViewState {
  if (link.state === 'virtual') return 'virtual';
  if (folders === 0) return 'noFolder';
  switch (link.state) {
    case 'starting':
    case 'connected':
    case 'incompatible':
      return link.state;
    default:
      return 'down';
  }
}
