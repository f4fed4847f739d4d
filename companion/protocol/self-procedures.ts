import { z } from 'zod';
import {
  heritageDiff,
  heritageDiffInput,
  heritageDocument,
  heritageFile,
  heritageForgotten,
  heritageRestoreInput,
  heritageUpdateInput,
  heritageVersion,
  heritageVersionsInput,
} from './heritage.ts';
import { selfHistoryInput, selfMarkInput, selfMoment, selfState } from './limbic.ts';
import { id } from './primitives.ts';
import { procedure } from './procedure.ts';

const empty = z.strictObject({});

const self = {
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

const heritage = {
  get: procedure({
    route: 'GET /v1/heritage',
    summary: 'Who you are to the companion, how you like to work, and what it learned with your consent',
    permission: 'read',
    rate: 'read',
  })
    .input(empty)
    .output(z.array(heritageDocument)),
  update: procedure({
    route: 'PATCH /v1/heritage',
    summary: 'Changes core or preferences; what is left out stays, and what was is kept as a version',
    permission: 'write',
    rate: 'write',
    errors: ['read_only'],
  })
    .input(heritageUpdateInput)
    .output(heritageDocument),
  versions: procedure({
    route: 'GET /v1/heritage/{file}/versions',
    summary: 'The versions of a file with source and reason, newest first',
    permission: 'read',
    rate: 'read',
  })
    .input(heritageVersionsInput)
    .output(z.array(heritageVersion)),
  diff: procedure({
    route: 'GET /v1/heritage/{file}/diff',
    summary: 'What differs between two versions of a file, in words and in lines',
    permission: 'read',
    rate: 'read',
    errors: ['not_found'],
  })
    .input(heritageDiffInput)
    .output(heritageDiff),
  restore: procedure({
    route: 'POST /v1/heritage/{file}/restore',
    summary: 'Puts an old version in force, as a new one',
    permission: 'write',
    rate: 'write',
    errors: ['not_found', 'conflict', 'read_only'],
  })
    .input(heritageRestoreInput)
    .output(heritageDocument),
  forgetVersions: procedure({
    route: 'POST /v1/heritage/forget',
    summary: 'Forgets all versions of a file but the one in force, and refused hand edits beside it',
    permission: 'write',
    rate: 'heavy',
    errors: ['read_only'],
  })
    .input(z.strictObject({ file: heritageFile }))
    .output(heritageForgotten),
};

/** About the companion's self and what it makes of the user: moods, heritage, onboarding, beliefs, patterns, dreams. */
export const selfProcedures = { self, heritage };
