import type { IconName } from '../parts/icon-table.ts';

/** How the views are grouped, in the order in which they stand. */
export const GROUPS = {
  now: 'Now',
  back: 'Looking back',
  advice: 'Advice',
  acting: 'Acting',
  you: 'You and Progeny',
} as const;
export type Group = keyof typeof GROUPS;

/** One view of the app, by name: what its frame and the editor's own lists show of it. */
export interface View {
  id: string;
  /** The plain name leads; the product's own word follows as a subtitle. */
  title: string;
  product: string;
  icon: IconName;
  group: Group;
  /** Stands in the row where there is no room for all; the others are behind one button there. */
  first?: true;
  /** Shown where no folder is open, too. */
  free?: true;
}

/** Every view, in the order in which they stand. A new one is a row here and one in `app/routes.ts`. */
export const VIEWS = [
  {
    id: 'brief',
    title: 'Where you are',
    product: 'brief',
    icon: 'compass',
    group: 'now',
    first: true,
  },
  {
    id: 'loops',
    title: 'Open threads',
    product: 'loops',
    icon: 'list-unordered',
    group: 'now',
    first: true,
  },
  {
    id: 'review',
    title: 'Review',
    product: 'hypotheses',
    icon: 'checklist',
    group: 'now',
  },
  {
    id: 'globe',
    title: 'Your work',
    product: 'globe',
    icon: 'globe',
    group: 'back',
    first: true,
  },
  {
    id: 'narration',
    title: 'Story',
    product: 'narration',
    icon: 'book',
    group: 'back',
  },
  {
    id: 'memory',
    title: 'Memory',
    product: 'recall',
    icon: 'search',
    group: 'back',
    first: true,
  },
  {
    id: 'dashboard',
    title: 'How it goes',
    product: 'dashboard',
    icon: 'dashboard',
    group: 'back',
  },
  {
    id: 'chat',
    title: 'Ask',
    product: 'chat',
    icon: 'comment-discussion',
    group: 'advice',
    first: true,
  },
  {
    id: 'council',
    title: 'Questions',
    product: 'council',
    icon: 'law',
    group: 'advice',
  },
  {
    id: 'masks',
    title: 'Advisers',
    product: 'masks',
    icon: 'smiley',
    group: 'advice',
  },
  {
    id: 'guilds',
    title: 'Panels',
    product: 'guilds',
    icon: 'organization',
    group: 'advice',
  },
  {
    id: 'wheel',
    title: 'Delegated work',
    product: 'wheel',
    icon: 'play-circle',
    group: 'acting',
    first: true,
  },
  {
    id: 'grants',
    title: 'Leave you gave',
    product: 'grants',
    icon: 'key',
    group: 'acting',
  },
  {
    id: 'jobs',
    title: 'Background work',
    product: 'jobs',
    icon: 'server-process',
    group: 'acting',
  },
  {
    id: 'convergence',
    title: 'How you work',
    product: 'convergence',
    icon: 'account',
    group: 'you',
    free: true,
  },
  {
    id: 'heritage',
    title: 'What it knows',
    product: 'heritage',
    icon: 'notebook',
    group: 'you',
    free: true,
  },
  {
    id: 'thoughts',
    title: 'Thoughts',
    product: 'trace',
    icon: 'lightbulb',
    group: 'you',
  },
] as const satisfies readonly View[];

export type ViewId = (typeof VIEWS)[number]['id'];

/** Whether this is the name of a view. */
export function isViewId(name: unknown): name is ViewId {
  return VIEWS.some(({ id }) => id === name);
}
