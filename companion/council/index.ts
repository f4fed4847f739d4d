/** Advisers that vote on what the user asks, with a track record of how their votes came out; panels of them. */
export { actionStance, actionWords, contestedBecause, type PastRuns } from './action-case.ts';
export { Advisers, keyOf } from './advisers.ts';
export { ALWAYS } from './archetypes.ts';
export { readVote } from './argue.ts';
export {
  type Case,
  CHOICES,
  type Measures,
  type Opinion,
  type OptionMeasures,
  type StanceMeasures,
} from './case.ts';
export { castVotes } from './cast-votes.ts';
export { auxiliaryOf, measuresOfText } from './comment-measures.ts';
export { Council, type CouncilOptions, type Matter } from './council.ts';
export { conflictAbout, disagreement } from './disagreement.ts';
export { type FateMeasure, type FateMeasures, UNMEASURED } from './fate-measures.ts';
export { fateOpinion } from './fate-opinion.ts';
export { Guilds } from './guilds.ts';
export type { MaskMemory } from './mask-memory.ts';
export { measuredWords, measureOptions } from './measure-options.ts';
export { readPerson } from './people.ts';
export type { Stored } from './proposal-rows.ts';
export { quorumOf, scoreOf, tally, type Vote } from './tally.ts';
export { rateOf, trackRecord } from './track-record.ts';
