import { z } from 'zod';
import { adviserDetails, adviserFavourInput } from './adviser-details.ts';
import { mask } from './council.ts';
import { id } from './primitives.ts';
import { procedure } from './procedure.ts';

/** One adviser, looked at closely. */
export const adviserProcedures = {
  details: procedure({
    route: 'GET /v1/advisers/{id}',
    summary:
      'One adviser: where it comes from, its last votes with their reasons, and how its record came to be',
    permission: 'read',
    rate: 'read',
    errors: ['not_found'],
  })
    .input(z.strictObject({ id }))
    .output(adviserDetails),
  favour: procedure({
    route: 'POST /v1/advisers/{id}/favour',
    summary: 'Marks an adviser as a favourite, or takes the mark back; its vote counts no more for it',
    permission: 'write',
    rate: 'write',
    errors: ['not_found', 'read_only'],
  })
    .input(adviserFavourInput)
    .output(mask),
};
