import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { growthInput, loopHistory, memoryGrowth } from './growth.ts';
import { procedure } from './procedure.ts';
import { job } from './system.ts';

/** How things went over weeks, and long work as it goes on. Each joins the procedures of its own subject. */
export const overviewProcedures = {
  memories: {
    growth: procedure({
      route: 'GET /v1/memories/growth',
      summary: 'How many records were taken up, by day or week and kind',
      permission: 'read',
      rate: 'read',
      errors: ['not_found'],
    })
      .input(growthInput)
      .output(memoryGrowth),
  },
  loops: {
    history: procedure({
      route: 'GET /v1/loops/history',
      summary: 'How many threads were opened, finished and dropped, and how many stood open, by day or week',
      permission: 'read',
      rate: 'read',
      errors: ['not_found'],
    })
      .input(growthInput)
      .output(loopHistory),
  },
  jobs: {
    watch: procedure({
      route: 'GET /v1/jobs/stream',
      summary: 'Long work, newest first, again whenever any of it moves: at most four times a second',
      permission: 'read',
      rate: 'read',
    })
      .input(z.strictObject({}))
      .output(eventIterator(z.array(job))),
  },
};
