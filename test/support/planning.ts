import type { Generation } from '../../companion/language/index.ts';
import type { Knowledge } from '../../companion/mind/index.ts';
import { type PlanningParts, planRecipe } from '../../companion/planning.ts';
import { knowledge } from './mind-world.ts';
import { ScriptedLanguage } from './scripted-language.ts';

export type Script = (generation: Generation) => unknown;
/** The request that makes steps; the other one changes a file. */
export const makesSteps = (generation: Generation): boolean =>
  /"steps"/.test(generation.messages[0]!.content);

/** A planner whose model writes what the script says: as JSON, or as it stands. */
export function planner(script: Script, given: Partial<Knowledge> = {}, parts: Partial<PlanningParts> = {}) {
  const language = new ScriptedLanguage((generation) => {
    const reply = script(generation);
    return [typeof reply === 'string' ? reply : JSON.stringify(reply)];
  });
  const recipe = planRecipe({
    sight: async () => ({
      knowledge: knowledge(given),
      language: language.up ? language : null,
      onlyLocal: true,
      outside: false,
    }),
    asked: () => [],
    git: () => Promise.reject(new Error('No git is needed.')),
    recipes: ['fix-lint', 'rename'],
    ...parts,
  });
  return { language, recipe };
}
