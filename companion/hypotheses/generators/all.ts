import type { Generator, GeneratorName } from '../generator.ts';
import { branchHabit } from './branch-habit.ts';
import { commitSize } from './commit-size.ts';
import { filesTogether } from './files-together.ts';
import { peakHours } from './peak-hours.ts';
import { rhythm } from './rhythm.ts';
import { testOrder } from './test-order.ts';

/** Every generator without a model. */
export const GENERATORS = [
  rhythm,
  peakHours,
  testOrder,
  commitSize,
  branchHabit,
  filesTogether,
] as unknown as readonly Generator[];

export function generatorOf(name: string): Generator | undefined {
  return GENERATORS.find((each) => each.name === (name as GeneratorName));
}
