import type { ComponentType } from 'preact';
import type { Location } from '../model/location.ts';
import type { IconName } from '../parts/icon-table.ts';

export interface RouteProps {
  location: Location;
}

/** How the views are grouped, in the order in which they stand. */
export const GROUPS = {
  now: 'Now',
  back: 'Looking back',
  advice: 'Advice',
  acting: 'Acting',
  you: 'You and Progeny',
} as const;
export type Group = keyof typeof GROUPS;

/** One view of the app. A new view is one more row here and a folder under `routes/`. */
export interface Route {
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
  /** Loads the view's own code, when it is first shown. */
  load(): Promise<ComponentType<RouteProps>>;
}

export const ROUTES: readonly [Route, ...Route[]] = [
  {
    id: 'brief',
    title: 'Where you are',
    product: 'brief',
    icon: 'compass',
    group: 'now',
    first: true,
    load: async () => (await import('../routes/brief/brief-route.tsx')).BriefRoute,
  },
  {
    id: 'loops',
    title: 'Open threads',
    product: 'loops',
    icon: 'list-unordered',
    group: 'now',
    first: true,
    load: async () => (await import('../routes/loops/loops-route.tsx')).LoopsRoute,
  },
  {
    id: 'review',
    title: 'Review',
    product: 'hypotheses',
    icon: 'checklist',
    group: 'now',
    load: async () => (await import('../routes/review/review-route.tsx')).ReviewRoute,
  },
  {
    id: 'globe',
    title: 'Your work',
    product: 'globe',
    icon: 'globe',
    group: 'back',
    first: true,
    load: async () => (await import('../routes/globe/globe-route.tsx')).GlobeRoute,
  },
  {
    id: 'narration',
    title: 'Story',
    product: 'narration',
    icon: 'book',
    group: 'back',
    load: async () => (await import('../routes/narration/narration-route.tsx')).NarrationRoute,
  },
  {
    id: 'memory',
    title: 'Memory',
    product: 'recall',
    icon: 'search',
    group: 'back',
    first: true,
    load: async () => (await import('../routes/memory/memory-route.tsx')).MemoryRoute,
  },
  {
    id: 'dashboard',
    title: 'How it goes',
    product: 'dashboard',
    icon: 'dashboard',
    group: 'back',
    load: async () => (await import('../routes/dashboard/dashboard-route.tsx')).DashboardRoute,
  },
  {
    id: 'chat',
    title: 'Ask',
    product: 'chat',
    icon: 'comment-discussion',
    group: 'advice',
    first: true,
    load: async () => (await import('../routes/chat/chat-route.tsx')).ChatRoute,
  },
  {
    id: 'council',
    title: 'Questions',
    product: 'council',
    icon: 'law',
    group: 'advice',
    load: async () => (await import('../routes/council/council-route.tsx')).CouncilRoute,
  },
  {
    id: 'masks',
    title: 'Advisers',
    product: 'masks',
    icon: 'smiley',
    group: 'advice',
    load: async () => (await import('../routes/masks/masks-route.tsx')).MasksRoute,
  },
  {
    id: 'guilds',
    title: 'Panels',
    product: 'guilds',
    icon: 'organization',
    group: 'advice',
    load: async () => (await import('../routes/guilds/guilds-route.tsx')).GuildsRoute,
  },
  {
    id: 'wheel',
    title: 'Delegated work',
    product: 'wheel',
    icon: 'play-circle',
    group: 'acting',
    first: true,
    load: async () => (await import('../routes/wheel/wheel-route.tsx')).WheelRoute,
  },
  {
    id: 'grants',
    title: 'Leave you gave',
    product: 'grants',
    icon: 'key',
    group: 'acting',
    load: async () => (await import('../routes/grants/grants-route.tsx')).GrantsRoute,
  },
  {
    id: 'jobs',
    title: 'Background work',
    product: 'jobs',
    icon: 'server-process',
    group: 'acting',
    load: async () => (await import('../routes/jobs/jobs-route.tsx')).JobsRoute,
  },
  {
    id: 'convergence',
    title: 'How you work',
    product: 'convergence',
    icon: 'account',
    group: 'you',
    free: true,
    load: async () => (await import('../routes/convergence/convergence-route.tsx')).ConvergenceRoute,
  },
  {
    id: 'heritage',
    title: 'What it knows',
    product: 'heritage',
    icon: 'notebook',
    group: 'you',
    free: true,
    load: async () => (await import('../routes/heritage/heritage-route.tsx')).HeritageRoute,
  },
  {
    id: 'thoughts',
    title: 'Thoughts',
    product: 'trace',
    icon: 'lightbulb',
    group: 'you',
    load: async () => (await import('../routes/thoughts/thoughts-route.tsx')).ThoughtsRoute,
  },
];

/** The route of a location; an unknown one leads home. */
export function routeOf(location: Location): Route {
  return ROUTES.find(({ id }) => id === location.route) ?? ROUTES[0];
}
