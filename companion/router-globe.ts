import { arcsOfGlobe, pageOfGlobe, pointsOfGlobe } from './globe-side.ts';
import type { Event } from './protocol/index.ts';
import type { Implementer, Services } from './router.ts';
import type { Mind } from './store/index.ts';

/** Contract to logic: the globe. */
export function globeHandlers(os: Implementer, { store, workspaces, clock }: Services) {
  const real = (folder: string | undefined) =>
    folder === undefined ? undefined : workspaces.resolve(folder);
  return {
    globe: {
      page: os.globe.page.handler(async ({ input: { workspace, ...input } }) =>
        pageOfGlobe(store.mind, { ...input, workspace: await real(workspace) }, clock.now()),
      ),
      points: os.globe.points.handler(({ input }) => pointsOfGlobe(store.mind, input.ids, clock.now())),
      arcs: os.globe.arcs.handler(async ({ input }) => arcsOfGlobe(store.mind, await real(input.workspace))),
    },
  };
}

/** Rows of the log, all or of some types; a page always says from where to go on. */
export function eventsPage(
  mind: Mind,
  { since, limit, types }: { since: number; limit: number; types?: readonly string[] | undefined },
): { events: Event[]; through: number; last: number } {
  const last = mind.seq;
  if (types) return { ...mind.eventsOf(since, limit, types), last };
  const events = mind.events(since, limit);
  return { events, through: events.length === limit ? events.at(-1)!.seq : last, last };
}
