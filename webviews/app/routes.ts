import type { ComponentType } from 'preact';
import type { Location } from '../model/location.ts';
import type { IconName } from '../parts/icon-table.ts';

export interface RouteProps {
  location: Location;
}

/** One view of the app. A new view is one more row here and a folder under `routes/`. */
export interface Route {
  id: string;
  /** The plain name leads; the product's own word follows as a subtitle. */
  title: string;
  product: string;
  icon: IconName;
  /** Has no place of its own among the views: it belongs to this one. */
  within?: string;
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
    load: async () => (await import('../routes/brief/brief-route.tsx')).BriefRoute,
  },
  {
    id: 'loops',
    title: 'Open threads',
    product: 'loops',
    icon: 'list-unordered',
    load: async () => (await import('../routes/loops/loops-route.tsx')).LoopsRoute,
  },
  {
    id: 'memory',
    title: 'Memory',
    product: 'recall',
    icon: 'search',
    load: async () => (await import('../routes/memory/memory-route.tsx')).MemoryRoute,
  },
  {
    id: 'chat',
    title: 'Ask',
    product: 'chat',
    icon: 'comment-discussion',
    load: async () => (await import('../routes/chat/chat-route.tsx')).ChatRoute,
  },
  {
    id: 'council',
    title: 'Advisers',
    product: 'council',
    icon: 'organization',
    load: async () => (await import('../routes/council/council-route.tsx')).CouncilRoute,
  },
  {
    id: 'review',
    title: 'Review',
    product: 'hypotheses',
    icon: 'checklist',
    load: async () => (await import('../routes/review/review-route.tsx')).ReviewRoute,
  },
  {
    id: 'wheel',
    title: 'Delegated work',
    product: 'wheel',
    icon: 'play-circle',
    load: async () => (await import('../routes/wheel/wheel-route.tsx')).WheelRoute,
  },
  {
    id: 'grants',
    title: 'Leave you gave',
    product: 'grants',
    icon: 'key',
    within: 'wheel',
    load: async () => (await import('../routes/grants/grants-route.tsx')).GrantsRoute,
  },
  {
    id: 'convergence',
    title: 'How you work',
    product: 'convergence',
    icon: 'account',
    free: true,
    load: async () => (await import('../routes/convergence/convergence-route.tsx')).ConvergenceRoute,
  },
];

/** The route of a location; an unknown one leads home. */
export function routeOf(location: Location): Route {
  return ROUTES.find(({ id }) => id === location.route) ?? ROUTES[0];
}
