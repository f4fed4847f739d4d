import { ALWAYS } from '../../../../companion/council/archetypes.ts';
import type { FateMeasures } from '../../../../companion/council/fate-measures.ts';
import { type FateOpinion, fateOpinion } from '../../../../companion/council/fate-opinion.ts';
import type { Archetype, MaskPriorities } from '../../../../companion/protocol/index.ts';

export interface Voter {
  readonly name: string;
  readonly archetype: Archetype;
  readonly priorities: MaskPriorities;
}

/** The three that always exist, as the product has them. */
export const MASKS: readonly Voter[] = ALWAYS.map(({ name, archetype, priorities }) => ({
  name: name.toLowerCase(),
  archetype,
  priorities,
}));

export interface Vote {
  readonly voter: string;
  readonly opinion: FateOpinion;
}

/** What each says of one thread. */
export function votesOf(measures: FateMeasures, voters: readonly Voter[] = MASKS): Vote[] {
  return voters.map(({ name, archetype, priorities }) => ({
    voter: name,
    opinion: fateOpinion(archetype, priorities, measures),
  }));
}

/**
 * The council's continuous word, -1 to 1: the mean lean of those who do not abstain, each counted by weight times score.
 * Score is .7 logic: nothing is remembered of these threads, so no mask has a stake. 0 where all abstain.
 */
export function councilLean(votes: readonly Vote[], weightOf: (voter: string) => number = () => 1): number {
  let [said, counted] = [0, 0];
  for (const { voter, opinion } of votes) {
    if (opinion.choice === null) continue;
    const count = weightOf(voter) * 0.7 * opinion.logic;
    said += count * opinion.lean;
    counted += count;
  }
  return counted === 0 ? 0 : said / counted;
}
