import { needOf, needOfProgram } from './step-needs.ts';
import type { FileEdit, Plan, StepNeed } from './types.ts';

/** What a run asks leave for when it acts: its steps, the files that it turned out to change, its verification. Pure. */
export function needsOf(plan: Plan, edits: readonly FileEdit[]): StepNeed[] {
  const paths = edits.map(({ path }) => path);
  return [
    ...plan.steps.map(needOf),
    ...(paths.length > 0 ? [{ capability: 'edit' as const, paths, argv: null }] : []),
    ...(plan.verify ? [needOfProgram(plan.verify)] : []),
  ];
}
