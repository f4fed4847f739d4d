import { z } from 'zod';
import { dream, dreamAnswer, dreamRunInput } from './dreams.ts';
import { procedure } from './procedure.ts';

const empty = z.strictObject({});

/** The nightly run. */
export const dreamProcedures = {
  run: procedure({
    route: 'POST /v1/dreams',
    summary: 'Begins the dream of this day, or answers with the one under way; the job tells the progress',
    permission: 'write',
    // A second call costs nothing: it is answered with the first one's job.
    rate: 'write',
    errors: ['read_only'],
  })
    .input(dreamRunInput)
    .output(dreamAnswer),
  last: procedure({
    route: 'GET /v1/dreams/last',
    summary: 'The newest dream with what it did; null before the first',
    permission: 'read',
    rate: 'read',
  })
    .input(empty)
    .output(dream.nullable()),
  list: procedure({
    route: 'GET /v1/dreams',
    summary: 'Dreams, newest first',
    permission: 'read',
    rate: 'read',
  })
    .input(z.strictObject({ limit: z.number().int().min(1).max(400).default(14) }))
    .output(z.array(dream)),
};
