import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { drift } from './drift.ts';
import { id, workspacePath } from './primitives.ts';
import { procedure } from './procedure.ts';
import { storyDay, storyDayInput, storyLine, storyListInput } from './story.ts';

/** How far things went from where they began, and the running story of what happened. */
export const storyProcedures = {
  drift: {
    get: procedure({
      route: 'GET /v1/drift/{id}',
      summary: 'How far a loop or a mask has drifted, and why; newest rating first',
      permission: 'read',
      rate: 'read',
      errors: ['not_found'],
    })
      .input(z.strictObject({ id, limit: z.number().int().min(1).max(1000).default(24) }))
      .output(z.array(drift)),
    list: procedure({
      route: 'GET /v1/drift',
      summary: 'The newest rating of every open loop, the furthest first',
      permission: 'read',
      rate: 'read',
      errors: ['not_found'],
    })
      .input(z.strictObject({ workspace: workspacePath.optional() }))
      .output(z.array(drift)),
  },
  story: {
    list: procedure({
      route: 'GET /v1/story',
      summary: 'Lines of the story, the newest first',
      permission: 'read',
      rate: 'read',
      errors: ['not_found'],
    })
      .input(storyListInput)
      .output(z.array(storyLine)),
    watch: procedure({
      route: 'GET /v1/story/stream',
      summary: 'Lines as they are told: at most two a second, none older than 30 s',
      permission: 'read',
      rate: 'read',
    })
      .input(z.strictObject({}))
      .output(eventIterator(storyLine)),
    day: procedure({
      route: 'GET /v1/story/day',
      summary: 'The story of a day, also as Markdown',
      permission: 'read',
      rate: 'read',
      errors: ['not_found'],
    })
      .input(storyDayInput)
      .output(storyDay),
  },
};
