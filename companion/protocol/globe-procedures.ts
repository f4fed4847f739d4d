import { z } from 'zod';
import { globePage, globePageInput, globePoints, globePointsInput, globeTie } from './globe.ts';
import { workspacePath } from './primitives.ts';
import { procedure } from './procedure.ts';

/** Everything that is and was in work, as points of a globe. */
export const globeProcedures = {
  globe: {
    page: procedure({
      route: 'GET /v1/globe',
      summary: 'Loops of any status and memory records that are not archived, as points, page by page',
      permission: 'read',
      rate: 'read',
      errors: ['not_found'],
    })
      .input(globePageInput)
      .output(globePage),
    points: procedure({
      route: 'POST /v1/globe/points',
      summary: 'Some points as they are now: what an event was about',
      permission: 'read',
      rate: 'read',
    })
      .input(globePointsInput)
      .output(globePoints),
    arcs: procedure({
      route: 'GET /v1/globe/arcs',
      summary: 'What ties loops to each other: lineage and shared files; at most 2,000, the strongest first',
      permission: 'read',
      rate: 'read',
      errors: ['not_found'],
    })
      .input(z.strictObject({ workspace: workspacePath.optional() }))
      .output(z.array(globeTie)),
  },
};
