/** Where this window stands with the companion. Everything that the window shows follows from it. */
export type Link =
  /** The first attempt has not ended yet. */
  | { readonly state: 'starting' }
  | { readonly state: 'connected' }
  /** It was there and is gone; it is being found or started again. */
  | { readonly state: 'lost'; readonly problem: string }
  /** It rests because somebody wants it so, or because nobody asked for it yet. */
  | { readonly state: 'stopped'; readonly problem: string }
  /** It could not be started; further attempts follow, ever less often. */
  | { readonly state: 'failed'; readonly problem: string }
  /** It runs and speaks another version of the contract. */
  | { readonly state: 'incompatible'; readonly problem: string }
  /** There are no files on this machine, so there is nothing to do. */
  | { readonly state: 'virtual' };

export const VIRTUAL = 'This workspace is virtual: it has no files on this machine, so Progeny rests.';

/** In words, for a person who wonders why nothing happens; null while connected. */
export function problemOf(link: Link): string | null {
  switch (link.state) {
    case 'connected':
      return null;
    case 'starting':
      return 'The companion is starting.';
    case 'virtual':
      return VIRTUAL;
    default:
      return link.problem;
  }
}

export function sameLink(a: Link, b: Link): boolean {
  return a.state === b.state && problemOf(a) === problemOf(b);
}
