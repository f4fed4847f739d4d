import { z } from 'zod';
import {
  heritageDiff,
  heritageDiffInput,
  heritageDocument,
  heritageForgetInput,
  heritageForgotten,
  heritageRestoreInput,
  heritageUpdateInput,
  heritageVersion,
  heritageVersionsInput,
} from './heritage.ts';
import { procedure } from './procedure.ts';

const empty = z.strictObject({});

/** Who the user is to the companion, in versions. */
export const heritageProcedures = {
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
    summary:
      'Forgets all versions of a file but the one in force, and refused hand edits beside it; a dry run counts',
    permission: 'write',
    rate: 'heavy',
    errors: ['read_only'],
  })
    .input(heritageForgetInput)
    .output(heritageForgotten),
};
