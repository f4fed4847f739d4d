import type { Case, Opinion, Persona } from './case.ts';
import { fateOpinion } from './fate-opinion.ts';
import { optionOpinion } from './option-opinion.ts';
import { stanceOpinion } from './stance-opinion.ts';

/** A voter whose reason is borne out less than this may be moved by better ones, */
const UNSURE = 0.3;
/** which are borne out so much more. */
const BETTER = 0.3;

/** What somebody makes of a case by rules alone: the same case gives the same opinion. Pure. */
export function opinionOf({ archetype, priorities }: Persona, { measures, options }: Case): Opinion {
  switch (measures.of) {
    case 'fate': {
      const { choice, logic, reason } = fateOpinion(archetype, priorities, measures.fate);
      const cites = choice === null ? [] : measures.cites.slice(0, 3);
      return { choice, logic, reason, cites, answeredBy: null };
    }
    case 'options':
      return optionOpinion(priorities, options, measures.options);
    case 'stance':
      return stanceOpinion(priorities, options, measures.stance);
  }
}

/** An argument as the others see it in the correction round: without a name. */
export type Argument = Pick<Opinion, 'choice' | 'logic' | 'reason'>;

/**
 * What a voter says after it has seen the others' arguments, by rules alone. Who abstained goes on abstaining: others'
 * words are no evidence. Who is unsure goes over to a choice for which the others' reasons are borne out much better. Pure.
 */
export function corrected(own: Opinion, others: readonly Argument[]): Opinion {
  if (own.choice === null || own.logic >= UNSURE) return own;
  const means = [...Map.groupBy(others, ({ choice }) => choice)].flatMap(([choice, all]) =>
    choice === null || choice === own.choice
      ? []
      : [{ choice, all, mean: all.reduce((sum, { logic }) => sum + logic, 0) / all.length }],
  );
  const best = means.sort((a, b) => b.mean - a.mean || (a.choice < b.choice ? -1 : 1))[0];
  if (!best || best.mean < own.logic + BETTER) return own;
  const better = best.all.toSorted((a, b) => b.logic - a.logic || (a.reason < b.reason ? -1 : 1))[0]!;
  return {
    ...own,
    choice: best.choice,
    logic: best.mean / 2,
    reason: `I was unsure, and this is borne out better: ${better.reason}`,
  };
}

/** How well a choice is borne out for this voter by rules alone, 0-1; .5 where nothing was measured. Pure. */
export function supportFor(choice: string, byRules: Opinion): number {
  if (byRules.choice === null) return 0.5;
  return byRules.choice === choice ? Math.max(0.5, byRules.logic) : Math.max(0, 0.5 - byRules.logic / 2);
}
