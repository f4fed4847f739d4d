import { z } from 'zod';
import { thought, thoughtsListInput } from './chat.ts';
import { procedure } from './procedure.ts';
import { thoughtTrail, thoughtTrailsInput } from './thought-trails.ts';

/** What was thought on the way to answers. */
export const thoughtProcedures = {
  thoughts: {
    list: procedure({
      route: 'GET /v1/thoughts',
      summary: 'What was thought on the way to answers, the newest first',
      permission: 'read',
      rate: 'read',
    })
      .input(thoughtsListInput)
      .output(z.array(thought)),
    trails: procedure({
      route: 'GET /v1/thoughts/trails',
      summary: 'The same, by the question that it led to an answer of; the newest question first',
      permission: 'read',
      rate: 'read',
      errors: ['not_found'],
    })
      .input(thoughtTrailsInput)
      .output(z.array(thoughtTrail)),
  },
};
