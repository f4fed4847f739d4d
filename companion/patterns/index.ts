/** What stands out in the work: seven patterns over the timeline, each against what is usual, each with its evidence. */
export { explain } from './explain.ts';
export {
  type Episode,
  type FoundPattern,
  type PatternKey,
  type PatternState,
  type PatternStep,
  patternFold,
} from './fold.ts';
export { PatternKeeper, type PatternKeeperOptions } from './keeper.ts';
export type { PatternContext } from './pattern.ts';
