import type { GlobeKind } from './globe.ts';

/** What stands in the place of a title that is private. */
export const PRIVATE_TITLES: Readonly<Record<GlobeKind, string>> = {
  loop: 'A private thread',
  whisper: 'A private note',
  decision: 'A private decision',
  fact: 'A private fact',
  observation: 'A private observation',
  conversation: 'A private conversation',
  episode: 'A private episode',
  hypothesis: 'A private hypothesis',
  dream: 'A private summary',
};
