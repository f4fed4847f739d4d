import { z } from 'zod';
import { id } from './primitives.ts';
import { procedure } from './procedure.ts';
import { reviewAnswerInput, reviewItem, reviewListInput, reviewQueue } from './review.ts';

const empty = z.strictObject({});

/** Beliefs about the user, and what the user says to them. */
export const reviewProcedures = {
  queue: procedure({
    route: 'GET /v1/review',
    summary: 'Beliefs to review today, five at most, with what they rest on',
    permission: 'read',
    rate: 'read',
  })
    .input(empty)
    .output(reviewQueue),
  list: procedure({
    route: 'GET /v1/review/all',
    summary: 'All beliefs with their evidence and weight, the weightiest first',
    permission: 'read',
    rate: 'read',
  })
    .input(reviewListInput)
    .output(z.array(reviewItem)),
  answer: procedure({
    route: 'POST /v1/review/{id}/answer',
    summary: 'Confirms or denies a belief, or adds when it does not hold',
    permission: 'write',
    rate: 'write',
    errors: ['not_found', 'conflict', 'read_only'],
  })
    .input(reviewAnswerInput)
    .output(reviewItem),
  forget: procedure({
    route: 'POST /v1/review/{id}/forget',
    summary: 'Forgets a belief with its evidence',
    permission: 'write',
    rate: 'write',
    errors: ['not_found', 'read_only'],
  })
    .input(z.strictObject({ id }))
    .output(empty),
};
