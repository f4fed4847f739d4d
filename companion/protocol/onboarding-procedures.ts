import { z } from 'zod';
import {
  convergence,
  convergenceAnswerInput,
  convergenceCorrectInput,
  convergenceFinished,
  convergenceGetInput,
  convergenceSkipInput,
} from './convergence.ts';
import { procedure } from './procedure.ts';
import { setupApplied, setupApplyInput, setupDetected, setupTemplate } from './setup.ts';

const empty = z.strictObject({});

/** Onboarding: questions, the mirror, and what the machine offers. */
export const onboardingProcedures = {
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
