import type { Ghost } from '../ghost.ts';
import type { PulseInput } from './pulse.ts';

/** What the pulse of this window is made from, now. */
export function pulseInput(
  { link, folders, taps }: Pick<Ghost, 'link' | 'folders' | 'taps'>,
  now: number,
): PulseInput {
  return {
    link: link.link,
    status: link.status,
    folders: folders.all.map(({ path }) => path),
    trusted: folders.trusted,
    waitingTaps: taps.waiting,
    now,
  };
}
