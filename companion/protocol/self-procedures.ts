import { z } from 'zod';
import {
  convergence,
  convergenceAnswerInput,
  convergenceCorrectInput,
  convergenceFinished,
  convergenceGetInput,
  convergenceSkipInput,
} from './convergence.ts';
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
import { setupApplied, setupApplyInput, setupDetected, setupTemplate } from './setup.ts';

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

/** Onboarding: questions, the mirror, and what the machine offers. */
const onboarding = {
  convergence: {
    get: procedure({
      route: 'GET /v1/convergence',
      summary: 'The questions of onboarding, the answers so far, and what was understood',
      permission: 'read',
      rate: 'read',
    })
      .input(convergenceGetInput)
      .output(convergence),
    answer: procedure({
      route: 'POST /v1/convergence/answer',
      summary: 'Answers one question, or answers it anew',
      permission: 'write',
      rate: 'write',
      errors: ['not_found', 'read_only'],
    })
      .input(convergenceAnswerInput)
      .output(convergence),
    skip: procedure({
      route: 'POST /v1/convergence/skip',
      summary: 'Skips one question and takes its answer back; or all that are open, for good',
      permission: 'write',
      rate: 'write',
      errors: ['not_found', 'read_only'],
    })
      .input(convergenceSkipInput)
      .output(convergence),
    correct: procedure({
      route: 'POST /v1/convergence/correct',
      summary: 'Changes one line of what was understood',
      permission: 'write',
      rate: 'write',
      errors: ['not_found', 'read_only'],
    })
      .input(convergenceCorrectInput)
      .output(convergence),
    finish: procedure({
      route: 'POST /v1/convergence/finish',
      summary: 'Takes what was understood into heritage; open questions count as skipped',
      permission: 'write',
      rate: 'write',
      errors: ['read_only'],
    })
      .input(empty)
      .output(convergenceFinished),
  },
  setup: {
    detect: procedure({
      route: 'GET /v1/setup',
      summary: 'What of git, Ollama, a GPU, a microphone and Python is here, and what each adds',
      permission: 'read',
      rate: 'heavy',
    })
      .input(empty)
      .output(setupDetected),
    templates: procedure({
      route: 'GET /v1/setup/templates',
      summary: 'The templates that can be applied',
      permission: 'read',
      rate: 'read',
    })
      .input(empty)
      .output(z.array(setupTemplate)),
    apply: procedure({
      route: 'POST /v1/setup/apply',
      summary: 'Applies a template; what exists already stays as it is and is listed',
      permission: 'write',
      rate: 'heavy',
      errors: ['not_found', 'workspace_gone', 'read_only'],
    })
      .input(setupApplyInput)
      .output(setupApplied),
  },
};

/** About the companion's self and what it makes of the user: moods, heritage, onboarding, beliefs, patterns, dreams. */
export const selfProcedures = { self, heritage, ...onboarding };
