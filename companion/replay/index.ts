/** A stream of work, recorded or generated, run through the rooms of a self by a clock of its own. */
export { parseInput, type ReplayInput } from './input.ts';
export {
  type Adapted,
  type Answer,
  type Finding,
  folded,
  type Mood,
  type MoodEvent,
  type PastTap,
  type PatternReader,
  type ReplayParts,
  type Sense,
  type Sensed,
} from './parts.ts';
export { StreamReader } from './read-stream.ts';
export { Replay, type ReplayOptions } from './replay.ts';
export type { ReplayedSilence, ReplayedTap, ReplayReport } from './report.ts';
