import { z } from 'zod';
import { selfHistoryInput, selfMarkInput, selfMoment, selfState } from './limbic.ts';
import { id } from './primitives.ts';
import { procedure } from './procedure.ts';

const empty = z.strictObject({});

/** How the companion stands to the user, and what moved it. */
export const selfProcedures = {
  state: procedure({
    route: 'GET /v1/self',
    summary: 'How the companion stands to you: four levels, tier, posture and mode, in words',
    permission: 'read',
    rate: 'read',
  })
    .input(empty)
    .output(selfState),
  history: procedure({
    route: 'GET /v1/self/history',
    summary: 'What moved it, with the cause of each move, and the moments that you marked, newest first',
    permission: 'read',
    rate: 'read',
  })
    .input(selfHistoryInput)
    .output(z.array(selfMoment)),
  mark: procedure({
    route: 'POST /v1/self/marks',
    summary: 'Marks this moment in the history',
    permission: 'write',
    rate: 'write',
    errors: ['read_only'],
  })
    .input(selfMarkInput)
    .output(selfMoment),
  unmark: procedure({
    route: 'DELETE /v1/self/marks/{id}',
    summary: 'Takes a mark back, without a trace',
    permission: 'write',
    rate: 'write',
    errors: ['not_found', 'read_only'],
  })
    .input(z.strictObject({ id }))
    .output(empty),
};
