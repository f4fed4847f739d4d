import type { ComponentType } from 'preact';
import type { Location } from '../model/location.ts';
import { VIEWS, type View, type ViewId } from '../model/views.ts';

export { GROUPS, type Group } from '../model/views.ts';

export interface RouteProps {
  location: Location;
}

type Load = () => Promise<ComponentType<RouteProps>>;

/** One view of the app. A new view is one more row in `model/views.ts`, one here and a folder under `routes/`. */
export interface Route extends View {
  /** Loads the view's own code, when it is first shown. */
  load: Load;
}

const LOAD: Readonly<Record<ViewId, Load>> = {
  brief: async () => (await import('../routes/brief/brief-route.tsx')).BriefRoute,
  loops: async () => (await import('../routes/loops/loops-route.tsx')).LoopsRoute,
  review: async () => (await import('../routes/review/review-route.tsx')).ReviewRoute,
  globe: async () => (await import('../routes/globe/globe-route.tsx')).GlobeRoute,
  narration: async () => (await import('../routes/narration/narration-route.tsx')).NarrationRoute,
  memory: async () => (await import('../routes/memory/memory-route.tsx')).MemoryRoute,
  dashboard: async () => (await import('../routes/dashboard/dashboard-route.tsx')).DashboardRoute,
  chat: async () => (await import('../routes/chat/chat-route.tsx')).ChatRoute,
  council: async () => (await import('../routes/council/council-route.tsx')).CouncilRoute,
  masks: async () => (await import('../routes/masks/masks-route.tsx')).MasksRoute,
  guilds: async () => (await import('../routes/guilds/guilds-route.tsx')).GuildsRoute,
  wheel: async () => (await import('../routes/wheel/wheel-route.tsx')).WheelRoute,
  grants: async () => (await import('../routes/grants/grants-route.tsx')).GrantsRoute,
  jobs: async () => (await import('../routes/jobs/jobs-route.tsx')).JobsRoute,
  convergence: async () => (await import('../routes/convergence/convergence-route.tsx')).ConvergenceRoute,
  heritage: async () => (await import('../routes/heritage/heritage-route.tsx')).HeritageRoute,
  thoughts: async () => (await import('../routes/thoughts/thoughts-route.tsx')).ThoughtsRoute,
};

const [home, ...others] = VIEWS;
const routed = (view: (typeof VIEWS)[number]): Route => ({ ...view, load: LOAD[view.id] });
export const ROUTES: readonly [Route, ...Route[]] = [routed(home), ...others.map(routed)];

/** The route of a location; an unknown one leads home. */
export function routeOf(location: Location): Route {
  return ROUTES.find(({ id }) => id === location.route) ?? ROUTES[0];
}
