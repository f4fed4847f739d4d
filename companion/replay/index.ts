/** A stream of work, recorded or generated, run through the rooms of a self by a clock of its own. */
export { parseInput, type ReplayInput } from './input.ts';
export type {
  Adapted,
  Answer,
  Finding,
  Mood,
  MoodEvent,
  PastTap,
  PatternReader,
  ReplayParts,
  Seen,
  Sense,
  Sensed,
} from './parts.ts';
export { StreamReader } from './read-stream.ts';
export { Replay, type ReplayOptions } from './replay.ts';
export type { ReplayedSilence, ReplayedTap, ReplayReport } from './report.ts';
