import type { FateMeasures } from '../../../../companion/council/fate-measures.ts';
import { type FateOpinion, fateOpinion } from '../../../../companion/council/fate-opinion.ts';
import type { Archetype, MaskPriorities } from '../../../../companion/protocol/index.ts';

export interface Voter {
  readonly name: string;
  readonly archetype: Archetype;
  readonly priorities: MaskPriorities;
}

/** The three that always exist, as they come. */
export const MASKS: readonly Voter[] = [
  {
    name: 'cal',
    archetype: 'guardian',
    priorities: { risk: 0.9, effort: 0.5, value: 0.7, novelty: 0.2, focus: 0.5 },
  },
  {
    name: 'arty',
    archetype: 'trickster',
    priorities: { risk: 0.2, effort: 0.4, value: 0.5, novelty: 0.9, focus: 0.6 },
  },
  {
    name: 'sage',
    archetype: 'sage',
    priorities: { risk: 0.5, effort: 0.6, value: 0.7, novelty: 0.4, focus: 0.5 },
  },
];

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
