import { z } from 'zod';
import { pattern, patternsListInput } from './patterns.ts';
import { id } from './primitives.ts';
import { procedure } from './procedure.ts';

/** What stands out in the work. */
export const patternProcedures = {
  list: procedure({
    route: 'GET /v1/patterns',
    summary: 'What stands out in the work, newest first, with what it rests on',
    permission: 'read',
    rate: 'read',
    errors: ['not_found'],
  })
    .input(patternsListInput)
    .output(z.array(pattern)),
  dismiss: procedure({
    route: 'POST /v1/patterns/{id}/dismiss',
    summary: 'Says that a pattern is not worth hearing of, for as long as it lasts',
    permission: 'write',
    rate: 'write',
    errors: ['not_found', 'read_only'],
  })
    .input(z.strictObject({ id }))
    .output(pattern),
};
