import { heritageProcedures } from './heritage-procedures.ts';
import { selfProcedures as self } from './limbic-procedures.ts';
import { onboardingProcedures } from './onboarding-procedures.ts';
import { patternProcedures } from './pattern-procedures.ts';
import { reviewProcedures } from './review-procedures.ts';

/** About the companion's self and what it makes of the user. */
export const selfProcedures = {
  self,
  heritage: heritageProcedures,
  ...onboardingProcedures,
  review: reviewProcedures,
  patterns: patternProcedures,
};
